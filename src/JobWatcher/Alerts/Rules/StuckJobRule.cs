using System.Collections.Frozen;
using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Alerts.Rules;

/// <summary>The rule that fires when an open job stays in one status for too long.</summary>
internal sealed record StuckJobRule
{
    /// <summary>Whether the rule fires at all.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>The label <c>severity</c>.</summary>
    public string Severity { get; init; } = "warning";

    /// <summary>Names of jobs that it leaves alone.</summary>
    public FrozenSet<string> ExcludedJobNames { get; init; } = [];

    /// <summary>How long is too long.</summary>
    public StuckThresholds Thresholds { get; init; } = StuckThresholds.Default;

    /// <summary>What differs for jobs of a name; what an entry leaves open is as in <see cref="Thresholds"/>.</summary>
    public FrozenDictionary<string, StuckThresholds> ByJobName { get; init; } =
        FrozenDictionary<string, StuckThresholds>.Empty;

    /// <summary>How long a job may stay in its status; null where that is never too long.</summary>
    public TimeSpan? ThresholdOf(ImmediateJob job) =>
        !IsEnabled || job.Status.IsEnded || ExcludedJobNames.Contains(job.JobName)
            ? null
            : (ByJobName.GetValueOrDefault(job.JobName)?.Of(job.Status) ?? Thresholds.Of(job.Status))?.After;

    /// <inheritdoc/>
    public bool Equals(StuckJobRule? other) =>
        other is not null && IsEnabled == other.IsEnabled && Severity == other.Severity &&
        ExcludedJobNames.SetEquals(other.ExcludedJobNames) && Thresholds == other.Thresholds &&
        ByJobName.Count == other.ByJobName.Count &&
        ByJobName.All(entry => other.ByJobName.GetValueOrDefault(entry.Key) == entry.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsEnabled, Severity, Thresholds, ByJobName.Count);
}
