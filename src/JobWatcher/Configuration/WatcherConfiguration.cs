using JobWatcher.HuaweiCloud.Authentication;

namespace JobWatcher.Configuration;

/// <summary>A valid configuration, read whole. Immutable.</summary>
internal sealed record WatcherConfiguration
{
    /// <summary>The targets, in the order of the file; at least one.</summary>
    public required IReadOnlyList<TargetConfiguration> Targets { get; init; }

    /// <summary>The credentials, by the name of their entry.</summary>
    public required IReadOnlyDictionary<string, Credentials> Credentials { get; init; }

    /// <summary>How to poll.</summary>
    public required PollingConfiguration Polling { get; init; }

    /// <summary>The absolute path of the store's file.</summary>
    public required string StorePath { get; init; }

    /// <summary>Which series jobs get.</summary>
    public required MetricsConfiguration Metrics { get; init; }

    /// <summary>Where to listen, as an http address.</summary>
    public required Uri Listen { get; init; }

    /// <summary>What the log shows.</summary>
    public required LoggingConfiguration Logging { get; init; }

    /// <summary>The absolute paths of all files that it was made of.</summary>
    public required IReadOnlySet<string> Files { get; init; }
}

/// <summary>One project in one region.</summary>
internal sealed record TargetConfiguration
{
    public required string Name { get; init; }

    public required string Region { get; init; }

    public required string ProjectId { get; init; }

    public required string Credentials { get; init; }

    public required Uri Endpoint { get; init; }

    public required TimeSpan Interval { get; init; }

    public required TimeSpan UnknownAfter { get; init; }

    /// <summary>The only job names to report; empty reports all.</summary>
    public required IReadOnlyList<string> JobNames { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}

/// <summary>How to poll all targets.</summary>
internal sealed record PollingConfiguration(
    TimeSpan Interval, TimeSpan RequestTimeout, TimeSpan PollTimeout, TimeSpan? UnknownAfter, string Language);

/// <summary>Which series jobs get.</summary>
internal sealed record MetricsConfiguration(
    bool PerJob, int PerJobLimit, int PerJobLimitTotal, int JobNameLimit, bool KnownJobNamesAtZero);

/// <summary>What the log shows.</summary>
/// <param name="Level">The least level shown.</param>
/// <param name="IsJson">JSON or text; null leaves it to where the output goes.</param>
internal sealed record LoggingConfiguration(LogLevel Level, bool? IsJson);
