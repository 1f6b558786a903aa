using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Snapshots;

/// <summary>All that one poll learnt, which the diff compares with the last snapshot.</summary>
internal sealed record Observation
{
    /// <summary>What the API listed.</summary>
    public required Listing Listing { get; init; }

    /// <summary>From which created time on jobs were listed; null for a full listing (rules L3 and L4).</summary>
    public DateTimeOffset? WindowStart { get; init; }

    /// <summary>
    /// Whether the listing should show every job of its window, so that what it lacks is missing: it is complete, or falls
    /// short in the server's own way (rule L2).
    /// </summary>
    public required bool IsCovering { get; init; }

    /// <summary>Whether the server refused a window, so that a full listing took its place.</summary>
    public bool IsWindowRefused { get; init; }

    /// <summary>The look-ups made for jobs that the listing lacks or shows a step back, by job id.</summary>
    public IReadOnlyDictionary<string, LookUp> LookUps { get; init; } =
        new Dictionary<string, LookUp>(StringComparer.Ordinal);

    /// <summary>Jobs that the snapshot lacks but the store still knows, by job id (rule D2).</summary>
    public IReadOnlyDictionary<string, JobSnapshot> Remembered { get; init; } =
        new Dictionary<string, JobSnapshot>(StringComparer.Ordinal);

    /// <summary>The cloud's time of the listing.</summary>
    public required DateTimeOffset CloudTime { get; init; }

    /// <summary>The watcher's own time of the listing.</summary>
    public required DateTimeOffset ObservedTime { get; init; }

    /// <summary>When the last answered poll before this one ended, by the watcher's own clock; null where there was none.</summary>
    public DateTimeOffset? LastAnswered { get; init; }

    /// <summary>Whether every job that there is should be in the listing.</summary>
    public bool CoversAll => IsCovering && WindowStart is null;

    /// <summary>Whether this job should be in the listing: what a window does not reach is not missing.</summary>
    public bool Covers(ImmediateJob job) => IsCovering && (WindowStart is not { } start || job.CreatedTime >= start);
}
