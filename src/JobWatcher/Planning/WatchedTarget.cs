using System.Collections.Frozen;
using JobWatcher.Alerts.Rules;

namespace JobWatcher.Planning;

/// <summary>What polling needs to know of a configured target.</summary>
internal sealed record WatchedTarget
{
    /// <summary>Its unique name.</summary>
    public required string Name { get; init; }

    /// <summary>The project; empty while it is to be looked up.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The API's base address.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The credentials entry used.</summary>
    public required string Credentials { get; init; }

    /// <summary>The time between the starts of two polls.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>The most that one poll may take.</summary>
    public required TimeSpan PollTimeout { get; init; }

    /// <summary>How long polls may fail before the state is unknown.</summary>
    public required TimeSpan UnknownAfter { get; init; }

    /// <summary>How far a window reaches back before the last poll (rule L3).</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The time between two full listings (rule L4).</summary>
    public TimeSpan FullListingEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The only job names to report; empty reports all.</summary>
    public FrozenSet<string> JobNames { get; init; } = [];

    /// <summary>The target's own labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How many job names keep their own label value.</summary>
    public int JobNameLimit { get; init; } = 100;

    /// <summary>When its alerts fire.</summary>
    public AlertRules Rules { get; init; } = new();

    /// <summary>Whether jobs of this name are reported (rule D5: the snapshot keeps the others as well).</summary>
    public bool Reports(string jobName) => JobNames.Count == 0 || JobNames.Contains(jobName);
}
