namespace JobWatcher.Reporting.Metrics;

/// <summary>Which series jobs get.</summary>
/// <param name="PerJob">Whether open jobs get series of their own.</param>
/// <param name="PerJobLimit">How many of one target do.</param>
/// <param name="PerJobLimitTotal">How many of all targets together do.</param>
/// <param name="KnownJobNamesAtZero">Whether failures of all known job names are present at 0.</param>
internal sealed record MetricsOptions(bool PerJob, int PerJobLimit, int PerJobLimitTotal, bool KnownJobNamesAtZero);
