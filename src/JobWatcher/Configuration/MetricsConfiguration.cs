using JobWatcher.Configuration.Reading;

namespace JobWatcher.Configuration;

/// <summary>Which series jobs get.</summary>
internal sealed record MetricsConfiguration
{
    /// <summary>Whether each open job gets series of its own.</summary>
    /// <value>True.</value>
    public bool PerJob { get; private init; } = true;

    /// <summary>How many open jobs of one target do, the oldest first.</summary>
    /// <value>500; from 1 to 100,000.</value>
    public int PerJobLimit { get; private init; } = 500;

    /// <summary>How many open jobs of all targets together do.</summary>
    /// <value>20,000; from 1 to 1,000,000.</value>
    public int PerJobLimitTotal { get; private init; } = 20_000;

    /// <summary>How many job names of one target keep their own label value; the others are <c>other</c>.</summary>
    /// <value>100; from 1 to 1,000.</value>
    public int JobNameLimit { get; private init; } = 100;

    /// <summary>Whether failures of all known job names are there at 0 from a target's first poll on.</summary>
    /// <value>True.</value>
    public bool KnownJobNamesAtZero { get; private init; } = true;

    /// <summary>Reads the section <c>metrics</c>.</summary>
    public static MetricsConfiguration Read(MappingReader section)
    {
        var defaults = new MetricsConfiguration();
        return new MetricsConfiguration
        {
            PerJob = section.Flag("perJob") ?? defaults.PerJob,
            PerJobLimit = section.Integer("perJobLimit", 1, 100_000) ?? defaults.PerJobLimit,
            PerJobLimitTotal = section.Integer("perJobLimitTotal", 1, 1_000_000) ?? defaults.PerJobLimitTotal,
            JobNameLimit = section.Integer("jobNameLimit", 1, 1_000) ?? defaults.JobNameLimit,
            KnownJobNamesAtZero = section.Flag("knownJobNamesAtZero") ?? defaults.KnownJobNamesAtZero,
        };
    }
}
