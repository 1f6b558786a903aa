namespace JobWatcher.Reporting.Metrics;

/// <summary>
/// Remembers which series of counters an answered scrape has carried. A series that none has carried yet is shown at
/// its value at take-over; only then it moves, so that <c>increase()</c> sees what happened in between (rule R2).
/// </summary>
internal sealed class CarriedSeries
{
    private HashSet<string> _carried = [];

    /// <summary>The value to show in this scrape.</summary>
    public double ValueOf(Sample sample) =>
        sample.Family.Kind == MetricKind.Gauge || _carried.Contains(sample.Series)
            ? sample.Value
            : sample.AtTakeOver;

    /// <summary>
    /// A scrape with exactly these samples was answered. Series that it lacked start anew when they come back, because a
    /// scraper has seen them end.
    /// </summary>
    public void Carried(IEnumerable<Sample> samples) => _carried =
    [
        .. samples
            .Where(sample => sample.Family.Kind == MetricKind.Counter)
            .Select(sample => sample.Series),
    ];
}
