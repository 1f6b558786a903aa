using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Snapshots;

/// <summary>All that one poll learnt, which the diff compares with the last snapshot.</summary>
internal sealed record Observation
{
    /// <summary>What the API listed.</summary>
    public required Listing Listing { get; init; }

    /// <summary>
    /// Whether the listing should show every job that there is, so that what it lacks is missing: it is complete, or falls
    /// short in the server's own way (rule L2).
    /// </summary>
    public required bool IsCovering { get; init; }

    /// <summary>The look-ups made for jobs that the listing lacks, by job id.</summary>
    public IReadOnlyDictionary<string, LookUp> LookUps { get; init; } =
        new Dictionary<string, LookUp>(StringComparer.Ordinal);

    /// <summary>Jobs that the snapshot lacks but the store still knows, by job id (rule D2).</summary>
    public IReadOnlyDictionary<string, JobSnapshot> Remembered { get; init; } =
        new Dictionary<string, JobSnapshot>(StringComparer.Ordinal);

    /// <summary>The cloud's time of the listing.</summary>
    public required DateTimeOffset CloudTime { get; init; }

    /// <summary>The watcher's own time of the listing.</summary>
    public required DateTimeOffset ObservedTime { get; init; }
}
