namespace JobWatcher.Reporting.Metrics;

/// <summary>Times as metrics tell them.</summary>
internal static class MetricTime
{
    /// <summary>Seconds since 1970, with milliseconds as the fraction.</summary>
    public static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>The same, and 0 for what has not happened yet.</summary>
    public static double SecondsOrZero(DateTimeOffset? time) => time is { } known ? Seconds(known) : 0;
}
