using System.Collections.Frozen;

namespace JobWatcher.Alerts.Rules;

/// <summary>A rule that fires at a job's bad end.</summary>
internal sealed record EndedJobRule
{
    /// <summary>Whether the rule fires at all.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>The label <c>severity</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>Names of jobs that it leaves alone.</summary>
    public FrozenSet<string> ExcludedJobNames { get; init; } = [];

    /// <summary>After how long, counted from when the end was seen, the alert ends by itself.</summary>
    public TimeSpan ResolveAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Whether jobs of this name can fire it.</summary>
    public bool Covers(string jobName) => IsEnabled && !ExcludedJobNames.Contains(jobName);

    /// <inheritdoc/>
    public bool Equals(EndedJobRule? other) =>
        other is not null && IsEnabled == other.IsEnabled && Severity == other.Severity &&
        ExcludedJobNames.SetEquals(other.ExcludedJobNames) && ResolveAfter == other.ResolveAfter;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsEnabled, Severity, ExcludedJobNames.Count, ResolveAfter);
}
