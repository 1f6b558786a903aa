using System.Collections.Frozen;
using JobWatcher.Alerts.Rules;
using JobWatcher.Text;

namespace JobWatcher.Configuration.Targets;

/// <summary>One project in one region to watch, with everything that other sections say about it.</summary>
internal sealed record TargetConfiguration
{
    /// <summary>Its unique name: 1 to 63 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The project: 32 lower-case letters and digits; null where it is looked up by the region's name.</summary>
    public required string? ProjectId { get; init; }

    /// <summary>The name of an entry of <see cref="WatcherConfiguration.Credentials"/>.</summary>
    public required string Credentials { get; init; }

    /// <summary>Where the API answers: the configured address or the region's.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Where the identity service answers; null where nobody told and nothing needs it.</summary>
    public required Uri? IamEndpoint { get; init; }

    /// <summary>The absolute path of a PEM file with certificates to trust besides the system's; null for none.</summary>
    public required string? CaFile { get; init; }

    /// <summary>The time between the starts of two polls.</summary>
    public required Duration Interval { get; init; }

    /// <summary>How long polls may fail before the state is unknown; at least twice <see cref="Interval"/>.</summary>
    public required Duration UnknownAfter { get; init; }

    /// <summary>The only job names to report; empty reports all.</summary>
    public required FrozenSet<string> JobNames { get; init; }

    /// <summary>The user's labels: the target's own before those for all targets. At most ten.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>When its alerts fire: its own rules over those for all targets.</summary>
    public required AlertRules Rules { get; init; }
}
