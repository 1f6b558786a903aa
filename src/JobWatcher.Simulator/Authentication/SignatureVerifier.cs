using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JobWatcher.Simulator.Authentication;

/// <summary>
/// Checks requests signed by <c>SDK-HMAC-SHA256</c>, written from the scheme's description alone, so that a client that
/// passes has not merely agreed with itself.
/// </summary>
internal static class SignatureVerifier
{
    /// <summary>How far a request's date may be from the server's clock.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    private static readonly string[] AlwaysSigned = ["host", "x-sdk-date"];

    public static AuthenticationResult Verify(SignedRequest request, CredentialStore credentials, DateTimeOffset now)
    {
        if (AuthorizationHeader.Parse(request.Header("Authorization")) is not { } authorization)
        {
            return AuthenticationResult.Refused("the header Authorization is malformed");
        }

        if (credentials.FindKey(authorization.AccessKey) is not { } key)
        {
            return AuthenticationResult.Refused($"verify aksk signature fail, ak {authorization.AccessKey} not exist");
        }

        return Fault(request, authorization, key, now) is { } fault
            ? AuthenticationResult.Refused(fault)
            : AuthenticationResult.Accepted(key.Account);
    }

    private static string? Fault(
        SignedRequest request, AuthorizationHeader authorization, AccessKey key, DateTimeOffset now)
    {
        var names = authorization.SignedHeaders;
        var date = request.Header("X-Sdk-Date") ?? "";
        if (FaultOfHeaders(request, names) is { } fault)
        {
            return fault;
        }

        if (!IsNear(date, now))
        {
            return $"signature expired, X-Sdk-Date {date} is not within 15 minutes of {now:yyyyMMdd'T'HHmmss'Z'}";
        }

        if (request.Header("X-Security-Token") != key.SecurityToken)
        {
            return "the security token does not belong to the access key";
        }

        if (key.Expires <= now)
        {
            return "the security token has expired";
        }

        return IsSignedBy(key.Secret, request, authorization, date) ? null : "verify aksk signature fail";
    }

    private static string? FaultOfHeaders(SignedRequest request, IReadOnlyList<string> names)
    {
        if (AlwaysSigned.Except(names, StringComparer.Ordinal).FirstOrDefault() is { } unsigned)
        {
            return $"the header {unsigned} is not signed";
        }

        if (request.Headers.ContainsKey("X-Security-Token")
            && !names.Contains("x-security-token", StringComparer.Ordinal))
        {
            return "the header x-security-token is not signed";
        }

        if (names.FirstOrDefault(name => !request.Headers.ContainsKey(name)) is { } missing)
        {
            return $"the signed header {missing} is missing";
        }

        var inOrder = names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return names.SequenceEqual(inOrder, StringComparer.Ordinal)
            ? null
            : "the names of signed headers are not in order";
    }

    private static bool IsNear(string date, DateTimeOffset now)
        => DateTimeOffset.TryParseExact(
            date,
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var signed)
        && (signed - now).Duration() <= Tolerance;

    private static bool IsSignedBy(
        string secret, SignedRequest request, AuthorizationHeader authorization, string date)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalRequest.Of(request, authorization.SignedHeaders)));
        var toSign = $"{AuthorizationHeader.Algorithm}\n{date}\n{Convert.ToHexStringLower(hash)}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(toSign));
        return CryptographicOperations.FixedTimeEquals(signature, Convert.FromHexString(authorization.Signature));
    }
}
