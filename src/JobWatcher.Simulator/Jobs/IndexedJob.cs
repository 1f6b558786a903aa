namespace JobWatcher.Simulator.Jobs;

/// <summary>A job with its sort key; one without a readable created time counts as the oldest.</summary>
internal readonly record struct IndexedJob(long CreatedTicks, SimulatedJob Job)
{
    /// <summary>By created time, then by id.</summary>
    public static readonly IComparer<IndexedJob> OldestFirst = Comparer<IndexedJob>.Create((left, right) =>
        left.CreatedTicks != right.CreatedTicks
            ? left.CreatedTicks.CompareTo(right.CreatedTicks)
            : string.CompareOrdinal(left.Job.JobId, right.Job.JobId));

    public IndexedJob(SimulatedJob job)
        : this(job.Created?.UtcTicks ?? 0, job)
    {
    }
}
