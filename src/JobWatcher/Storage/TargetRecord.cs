namespace JobWatcher.Storage;

/// <summary>The row of a target. Its <see cref="Version"/> fences commits (rule C2 of the protocol).</summary>
internal sealed record TargetRecord
{
    /// <summary>The target's name.</summary>
    public required string Name { get; init; }

    /// <summary>The project watched.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The project's region.</summary>
    public required string Region { get; init; }

    /// <summary>Grows by one with every commit.</summary>
    public long Version { get; init; }

    /// <summary>The cloud time of the first answered poll; null before it.</summary>
    public DateTimeOffset? WatchFrom { get; init; }

    /// <summary>
    /// The cloud time up to which listings have shown every job created; null before the first that was read to its end
    /// (rule L3).
    /// </summary>
    public DateTimeOffset? Bookmark { get; init; }

    /// <summary>The cloud time of the last full listing that was read to its end; null before the first (rule L4).</summary>
    public DateTimeOffset? LastFullListing { get; init; }

    /// <summary>The cloud time at which listings by window were found wanting; null while they can be relied on (rule L4).</summary>
    public DateTimeOffset? WindowsUnreliableSince { get; init; }

    /// <summary>When the last answered poll ended, by the watcher's clock.</summary>
    public DateTimeOffset? LastAnswered { get; init; }

    /// <summary>
    /// How far the cloud's clock was ahead of the watcher's at the last answered poll; null while no answer told a date
    /// (rule A9).
    /// </summary>
    public TimeSpan? CloudAhead { get; init; }

    /// <summary>When the last complete listing ended, by the watcher's clock.</summary>
    public DateTimeOffset? LastComplete { get; init; }

    /// <summary>The first poll that failed at the cloud since the last answered one (rule R4).</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>True once the running outage was reported as TargetUnreachable, so that a restart does not repeat it.</summary>
    public bool OutageReported { get; init; }

    /// <summary>The row as of a target that nobody has watched yet, which refuses whoever still polls the one before.</summary>
    public TargetRecord Anew(string projectId, string region) =>
        new() { Name = Name, ProjectId = projectId, Region = region, Version = Version + 1 };

    /// <summary>As <see cref="Anew"/>, of a target that is still watched: its outage goes on until it answers (rule D7).</summary>
    public TargetRecord PointedAt(string projectId, string region) => Anew(projectId, region).WithOutageOf(this);

    /// <summary>The row with the outage of another, or with none where there is none.</summary>
    public TargetRecord WithOutageOf(TargetRecord? other) =>
        this with { FailingSince = other?.FailingSince, OutageReported = other?.OutageReported == true };
}
