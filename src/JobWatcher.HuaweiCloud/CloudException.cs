using JobWatcher.HuaweiCloud.Budget;

namespace JobWatcher.HuaweiCloud;

/// <summary>
/// The cloud refused, failed or could not be reached. The message holds what the cloud said, shortened and with
/// control characters removed; it never holds a secret, a signature or a header of the request.
/// </summary>
public sealed class CloudException : Exception
{
    /// <summary>Creates the exception with all that the answer told.</summary>
    public CloudException(CloudFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>What kind of failure it was.</summary>
    public CloudFault Fault { get; }

    /// <summary>At what the connection failed: the name, the certificate, the proxy; null where it did not fail.</summary>
    public HttpRequestError? ConnectionError { get; init; }

    /// <summary>The HTTP status; null when no answer came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The vendor's code, such as <c>APIGW.0301</c>.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The call's identity for the vendor's support.</summary>
    public string? RequestId { get; init; }

    /// <summary>The answer's <c>Date</c>: the cloud's time, which shows by how much the own clock is off.</summary>
    public DateTimeOffset? CloudTime { get; init; }

    /// <summary>How long the cloud wants to be left alone, by its <c>Retry-After</c>; null where it told nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The limit that a 429 spells out.</summary>
    internal ToldLimit? ToldLimit { get; init; }

    /// <summary>Whether the request was not sent at all: its circuit was open, or there were no credentials for it.</summary>
    public bool WasNotSent { get; internal init; }

    /// <summary>The same facts to throw once more: a stack trace belongs to one throw.</summary>
    /// <param name="message">Another sentence; null to keep it.</param>
    /// <param name="wasNotSent">Whether a request was not sent because of it.</param>
    internal CloudException Retold(string? message = null, bool wasNotSent = false) =>
        new(Fault, message ?? Message, InnerException)
        {
            ConnectionError = ConnectionError,
            HttpStatus = HttpStatus,
            ErrorCode = ErrorCode,
            RequestId = RequestId,
            CloudTime = CloudTime,
            RetryAfter = RetryAfter,
            ToldLimit = ToldLimit,
            WasNotSent = WasNotSent || wasNotSent,
        };
}

/// <summary>The kinds of failure between which a caller must choose.</summary>
public enum CloudFault
{
    /// <summary>Anything else: another 4xx, a 5xx, an answer that cannot be read.</summary>
    Error,

    /// <summary>429.</summary>
    Throttled,

    /// <summary>401.</summary>
    Unauthorized,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>No answer within the time of an attempt.</summary>
    Timeout,

    /// <summary>No connection, or one that broke.</summary>
    Unreachable,
}
