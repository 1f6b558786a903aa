namespace JobWatcher.Snapshots;

/// <summary>What a poll changes.</summary>
internal sealed record SnapshotChanges
{
    /// <summary>The snapshot after the poll.</summary>
    public required Snapshot Next { get; init; }

    /// <summary>The jobs whose row must be written: new, changed, missing or gone ones, by job id.</summary>
    public required IReadOnlyList<JobSnapshot> Written { get; init; }

    /// <summary>The steps observed, in the order in which they happened as far as the cloud's times tell.</summary>
    public required IReadOnlyList<Transition> Transitions { get; init; }
}
