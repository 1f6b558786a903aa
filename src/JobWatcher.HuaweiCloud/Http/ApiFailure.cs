using System.Net.Sockets;
using System.Security.Authentication;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.HuaweiCloud.Http.Resilience;

namespace JobWatcher.HuaweiCloud.Http;

/// <summary>Turns what went wrong with a call into a <see cref="CloudException"/>.</summary>
internal static class ApiFailure
{
    public static CloudException Refused(
        string operation, HttpResponseMessage response, BoundedBody body, IEnumerable<Secret> sent, DateTimeOffset now)
    {
        var secrets = SecretsIn(sent, response.RequestMessage);
        var status = (int)response.StatusCode;
        var error = ErrorBody.Parse(body.Bytes.ToArray());
        var code = error.Code is { } told ? CloudText.Clean(told, secrets) : null;
        var message = CloudText.Clean(error.Message ?? BodyKind.Describe(body.Bytes), secrets);
        return new CloudException(FaultOf(status), Sentence(operation, status, code, message))
        {
            HttpStatus = status,
            ErrorCode = code,
            RequestId = RequestIdOf(response, secrets) ?? (error.RequestId is { } id ? CloudText.Clean(id, secrets) : null),
            CloudTime = ServerDate.Of(response.Headers),
            RetryAfter = RetryAfter.Of(response.Headers, now),
            ToldLimit = status is 429 ? ToldLimit.Parse(error.Message) : null,
        };
    }

    public static CloudException Unreadable(
        string operation, HttpResponseMessage response, IEnumerable<Secret> sent, string what) =>
        new(CloudFault.Error, $"{operation} was answered with {(int)response.StatusCode} and {what}.")
        {
            HttpStatus = (int)response.StatusCode,
            RequestId = RequestIdOf(response, SecretsIn(sent, response.RequestMessage)),
            CloudTime = ServerDate.Of(response.Headers),
        };

    public static CloudException Undecodable(string operation, Uri uri, int? status) =>
        new(CloudFault.Error, $"{operation} at {uri.Authority} was answered with {status} and a body whose compression is broken.")
        {
            HttpStatus = status,
        };

    public static CloudException TimedOut(string operation, Uri uri, TimeSpan timeout) =>
        new(CloudFault.Timeout, $"{operation} at {uri.Authority} was not answered within {timeout.TotalSeconds:0.###} s.");

    public static CloudException Broken(string operation, Uri uri, Exception exception)
    {
        var kind = exception is HttpRequestException { HttpRequestError: var error } ? error
            : exception is HttpIOException { HttpRequestError: var broken } ? broken
            : HttpRequestError.Unknown;
        var cause = Cause(exception);
        var fault = kind is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded
            ? CloudFault.Error
            : CloudFault.Unreachable;
        return new CloudException(fault, $"{operation} at {uri.Authority} failed: {kind}{Because(cause)}.", cause)
        {
            ConnectionError = kind,
        };
    }

    // The outer exceptions' texts may hold a proxy's address with its password; those of sockets and TLS hold neither.
    private static Exception? Cause(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException or AuthenticationException)
            {
                return inner;
            }
        }

        return null;
    }

    private static string Because(Exception? cause) =>
        cause is null ? "" : $" ({CloudText.Clean(cause.Message, []).TrimEnd('.')})";

    private static CloudFault FaultOf(int status) => status switch
    {
        401 => CloudFault.Unauthorized,
        403 => CloudFault.Forbidden,
        429 => CloudFault.Throttled,
        _ => CloudFault.Error,
    };

    private static string Sentence(string operation, int status, string? code, string message) =>
        $"{operation} was answered with {status}{(code is null ? "" : $" {code}")}: {message.TrimEnd('.')}.";

    private static string? RequestIdOf(HttpResponseMessage response, List<string> secrets) =>
        response.Headers.NonValidated.TryGetValues("X-Request-Id", out var values) && values.Count > 0
            ? CloudText.Clean(values.ToString(), secrets)
            : null;

    private static List<string> SecretsIn(IEnumerable<Secret> sent, HttpRequestMessage? request)
    {
        var secrets = sent.Select(secret => secret.Reveal()).ToList();
        if (request?.Headers.NonValidated.TryGetValues("Authorization", out var authorization) is true)
        {
            secrets.Add(authorization.ToString().Split("Signature=")[^1]);
        }

        return secrets;
    }
}
