using System.Globalization;

namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>Puts the headers on a request that prove who sends it.</summary>
internal static class RequestAuthenticator
{
    // What the vendor's SDK signs, where the request has it.
    private static readonly string[] SignedHeaders =
        ["User-Agent", "X-Language", "X-Project-Id", "X-Sdk-Date", "X-Security-Token"];

    /// <summary>Authenticates a request without a body, whose other headers are all set.</summary>
    public static void Authenticate(HttpRequestMessage request, Credentials credentials, DateTimeOffset now)
    {
        switch (credentials)
        {
            case TokenCredentials token:
                request.Headers.TryAddWithoutValidation("X-Auth-Token", token.Token.Reveal());
                break;
            case AccessKeyCredentials accessKey:
                Sign(request, accessKey, now);
                break;
        }
    }

    private static void Sign(HttpRequestMessage request, AccessKeyCredentials credentials, DateTimeOffset now)
    {
        var sdkDate = now.UtcDateTime.ToString(AccessKeySigner.DateFormat, CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("X-Sdk-Date", sdkDate);
        if (credentials.SecurityToken is { } securityToken)
        {
            request.Headers.TryAddWithoutValidation("X-Security-Token", securityToken.Reveal());
        }

        var uri = request.RequestUri!;
        var headers = SignedHeaders
            .Where(name => request.Headers.NonValidated.Contains(name))
            .Select(name => KeyValuePair.Create(name, request.Headers.NonValidated[name].ToString()))
            .Append(KeyValuePair.Create("Host", HostWithoutPort(uri)));
        var canonical = CanonicalRequest.Of(request.Method.Method, uri.AbsolutePath, uri.Query, headers, []);
        request.Headers.TryAddWithoutValidation(
            "Authorization", AccessKeySigner.Authorization(canonical, sdkDate, credentials));
    }

    // An IPv6 address keeps its brackets in Host, as it has them on the wire; IdnHost would take them off.
    private static string HostWithoutPort(Uri uri) =>
        uri.HostNameType is UriHostNameType.Dns ? uri.IdnHost : uri.Host;
}
