using System.Collections.Immutable;

namespace JobWatcher.Snapshots;

/// <summary>All jobs of one target that the API still lists, as they were last seen. Immutable.</summary>
internal sealed record Snapshot
{
    private static readonly ImmutableDictionary<string, JobSnapshot> NoJobs =
        ImmutableDictionary.Create<string, JobSnapshot>(StringComparer.Ordinal);

    /// <summary>What a target starts with.</summary>
    public static readonly Snapshot Empty = Of(watchFrom: null, []);

    /// <summary>
    /// The cloud time of the target's first answered poll, as far as it could be believed; null before it. Rule D1 tells old
    /// jobs from new ones by it.
    /// </summary>
    public required DateTimeOffset? WatchFrom { get; init; }

    /// <summary>All jobs by id, compared ordinally.</summary>
    public required ImmutableDictionary<string, JobSnapshot> Jobs { get; init; }

    /// <summary>Those of them that are open: what a poll by window costs must not grow with the history.</summary>
    public required ImmutableDictionary<string, JobSnapshot> Open { get; init; }

    /// <summary>
    /// The ids of jobs that the last poll showed a step back, which counts if a look-up shows it again (rule D3). A restart
    /// forgets them, and then the step is seen for the first time once more.
    /// </summary>
    public ImmutableHashSet<string> Doubted { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The snapshot of jobs as the store holds them.</summary>
    public static Snapshot Of(DateTimeOffset? watchFrom, IEnumerable<JobSnapshot> jobs)
    {
        var all = NoJobs.SetItems(jobs.Select(known => KeyValuePair.Create(known.Job.JobId, known)));
        return new Snapshot
        {
            WatchFrom = watchFrom,
            Jobs = all,
            Open = NoJobs.SetItems(all.Where(known => known.Value.Job.Status.IsOpen)),
        };
    }
}
