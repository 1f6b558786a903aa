using System.Security.Authentication;

namespace JobWatcher.HuaweiCloud.Http.Resilience;

/// <summary>Which faults are worth another attempt, and when.</summary>
internal static class RetryPolicy
{
    /// <summary>The most attempts of one request.</summary>
    public const int MaxAttempts = 3;

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);

    // Who wants to be left alone for longer is asked again by the next poll.
    private static readonly TimeSpan LongestToldWait = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether the same request may succeed soon: after 429, 5xx, a connection that failed and an attempt that took too
    /// long, but no other 4xx, no answer that cannot be read and no certificate that is not trusted.
    /// </summary>
    public static bool IsWorthRetrying(CloudException fault) =>
        !fault.WasNotSent && (fault.HttpStatus is 429 || IsSignOfOutage(fault)) && ToldWait(fault) <= LongestToldWait;

    /// <summary>Whether a cloud that is down would show this fault.</summary>
    public static bool IsSignOfOutage(CloudException fault) =>
        fault.HttpStatus >= 500
        || fault.Fault is CloudFault.Timeout
        || (fault.Fault is CloudFault.Unreachable && fault.InnerException is not AuthenticationException);

    /// <summary>
    /// Full-jitter backoff, after what the server told to wait: its <c>Retry-After</c>, or the spacing of the limit that a
    /// 429 spells out. The jitter comes on top, so that the targets of one account do not come back all at once.
    /// </summary>
    /// <param name="retry">The number of the retry, from 0.</param>
    /// <param name="fault">What the last attempt ended with.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int retry, CloudException fault, double random) =>
        ToldWait(fault) + (FirstBackoff * Math.Pow(2, retry) * random);

    private static TimeSpan ToldWait(CloudException fault)
    {
        var spacing = fault.ToldLimit?.Rate.Spacing ?? TimeSpan.Zero;
        return fault.RetryAfter is { } told && told > spacing ? told : spacing;
    }
}
