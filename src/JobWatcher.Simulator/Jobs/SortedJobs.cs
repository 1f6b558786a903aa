namespace JobWatcher.Simulator.Jobs;

/// <summary>Jobs from the oldest to the newest. Each job looked at is counted. Not thread-safe.</summary>
internal sealed class SortedJobs
{
    private readonly List<IndexedJob> jobs;
    private readonly VisitCounter visits;

    public SortedJobs(VisitCounter visits)
        : this([], visits)
    {
    }

    private SortedJobs(List<IndexedJob> jobs, VisitCounter visits)
    {
        this.jobs = jobs;
        this.visits = visits;
    }

    public int Count => jobs.Count;

    public IndexedJob this[int index]
    {
        get
        {
            visits.Add(1);
            return jobs[index];
        }
    }

    public SortedJobs Copy()
    {
        visits.Add(jobs.Count);
        return new SortedJobs([.. jobs], visits);
    }

    public void Insert(IndexedJob job)
    {
        // In ascending order, each insertion is an append.
        var at = jobs.Count == 0 || IndexedJob.OldestFirst.Compare(this[^1], job) < 0
            ? jobs.Count
            : PlaceOf(job);
        jobs.Insert(at, job);
    }

    public void Remove(IndexedJob job) => jobs.RemoveAt(PlaceOf(job));

    public void Replace(IndexedJob job, IndexedJob by) => jobs[PlaceOf(job)] = by;

    /// <summary>Where the first job is that was created at <paramref name="ticks"/> or later.</summary>
    public int FirstAt(long ticks) => FirstNotBefore(job => job.CreatedTicks < ticks);

    private int PlaceOf(IndexedJob job)
        => FirstNotBefore(other => IndexedJob.OldestFirst.Compare(other, job) < 0);

    private int FirstNotBefore(Func<IndexedJob, bool> isBefore)
    {
        var (low, high) = (0, jobs.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = isBefore(this[middle]) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
