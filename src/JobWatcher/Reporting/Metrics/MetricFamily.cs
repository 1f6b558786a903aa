namespace JobWatcher.Reporting.Metrics;

/// <summary>One metric of the contract whose series come from the watcher's state.</summary>
/// <param name="Name">The name as scraped.</param>
/// <param name="Kind">What kind of number it is.</param>
/// <param name="Help">One sentence; ends up as <c># HELP</c>.</param>
internal sealed record MetricFamily(string Name, MetricKind Kind, string Help);

/// <summary>The kinds of metrics that state has.</summary>
internal enum MetricKind
{
    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Only grows.</summary>
    Counter,
}
