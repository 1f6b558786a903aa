using System.Net.Http.Headers;

namespace JobWatcher.HuaweiCloud.Http.Resilience;

/// <summary>Reads the header <c>Retry-After</c>.</summary>
public static class RetryAfter
{
    /// <summary>
    /// How long the server wants to be left alone, from its seconds or its HTTP date; null where it tells nothing readable.
    /// A date is compared with the server's own <c>Date</c>, since the clocks may differ.
    /// </summary>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="now">The time for a server that tells none.</param>
    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (headers.RetryAfter is not { } told)
        {
            return null;
        }

        var wait = told.Delta ?? told.Date - (ServerDate.Of(headers) ?? now);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
