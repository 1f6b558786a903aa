using System.Net.Http.Headers;

namespace JobWatcher.HuaweiCloud.Http;

/// <summary>Reads the header <c>Date</c> as the time of a server's clock.</summary>
public static class ServerDate
{
    private const int FirstYear = 1970;
    private const int LastYear = 9000;

    /// <summary>
    /// The server's time; null where it tells none, or one that no clock shows, such as an end of the calendar: what is
    /// reckoned from that would leave the calendar.
    /// </summary>
    public static DateTimeOffset? Of(HttpResponseHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return headers.Date is { Year: >= FirstYear and <= LastYear } date ? date : null;
    }
}
