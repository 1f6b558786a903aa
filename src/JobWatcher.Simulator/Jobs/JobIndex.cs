namespace JobWatcher.Simulator.Jobs;

/// <summary>
/// The jobs of one project, found by id, and by any of status, name and window without sorting or scanning: each job
/// is in four sorted lists. Not thread-safe.
/// </summary>
internal sealed class JobIndex
{
    private readonly Dictionary<string, SimulatedJob> byId;
    private readonly Dictionary<(string? Status, string? JobName), SortedJobs> sorted;

    private readonly VisitCounter visits;

    public JobIndex()
    {
        visits = new();
        byId = new(StringComparer.Ordinal);
        sorted = [];
    }

    private JobIndex(JobIndex other)
    {
        visits = other.visits;
        byId = new(other.byId, StringComparer.Ordinal);
        sorted = other.sorted.ToDictionary(pair => pair.Key, pair => pair.Value.Copy());
    }

    public int Count => byId.Count;

    /// <summary>How many jobs were looked at so far, by copies of this index too: what all the reading cost.</summary>
    public long Visits => visits.Total;

    public JobIndex Copy() => new(this);

    public SimulatedJob? Find(string jobId) => byId.GetValueOrDefault(jobId);

    public void Put(SimulatedJob job)
    {
        if (byId.TryGetValue(job.JobId, out var before) && Place(before) == Place(job))
        {
            ReplaceInPlace(before, job);
            return;
        }

        Remove(job.JobId);
        byId.Add(job.JobId, job);
        var indexed = new IndexedJob(job);
        foreach (var key in Keys(job))
        {
            if (!sorted.TryGetValue(key, out var list))
            {
                sorted.Add(key, list = new(visits));
            }

            list.Insert(indexed);
        }
    }

    public SimulatedJob? Remove(string jobId)
    {
        if (!byId.Remove(jobId, out var job))
        {
            return null;
        }

        var indexed = new IndexedJob(job);
        foreach (var key in Keys(job))
        {
            var list = sorted[key];
            list.Remove(indexed);
            if (list.Count == 0)
            {
                sorted.Remove(key);
            }
        }

        return job;
    }

    public void Clear()
    {
        byId.Clear();
        sorted.Clear();
    }

    public JobRange Select(JobFilter filter)
    {
        if (filter.JobId is not null)
        {
            var one = new SortedJobs(visits);
            if (Find(filter.JobId) is { } job && filter.Matches(job))
            {
                one.Insert(new IndexedJob(job));
            }

            return new JobRange(one, 0, one.Count);
        }

        var list = sorted.GetValueOrDefault((filter.Status, filter.JobName)) ?? new SortedJobs(visits);
        if (!filter.IsWindow)
        {
            return new JobRange(list, 0, list.Count);
        }

        // A job without a created time has ticks 0 and is in no window.
        var from = list.FirstAt(filter.Start?.UtcTicks ?? 1);
        var to = filter.End is { } end ? list.FirstAt(end.UtcTicks + 1) : list.Count;
        return new JobRange(list, from, Math.Max(from, to));
    }

    /// <summary>The names in use, sorted.</summary>
    public IReadOnlyList<string> Names()
        =>
        [
            .. sorted.Keys.Where(key => key.Status is null)
                .Select(key => key.JobName)
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ];

    private static (string? CreatedTime, string? Status, string? JobName) Place(SimulatedJob job)
        => (job.CreatedTime, job.Status, job.JobName);

    // Without a status or a name, some of the four are the same.
    private static IEnumerable<(string? Status, string? JobName)> Keys(SimulatedJob job)
        => new[] { (null, null), (job.Status, null), (null, job.JobName), (job.Status, job.JobName) }.Distinct();

    private void ReplaceInPlace(SimulatedJob before, SimulatedJob after)
    {
        byId[after.JobId] = after;
        var (old, replacement) = (new IndexedJob(before), new IndexedJob(after));
        foreach (var key in Keys(after))
        {
            sorted[key].Replace(old, replacement);
        }
    }
}
