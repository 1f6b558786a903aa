using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Tests.Polling.Windows;

/// <summary>A cloud of a few jobs that lists by created time, as <c>start_time</c> asks, and remembers what it served.</summary>
internal sealed class ModelCloud(TimeProvider time) : IImmediateJobsClient
{
    private readonly Dictionary<string, (ImmediateJob Job, DateTimeOffset AppearsAt)> _jobs = [];

    /// <summary>The jobs that there are, listed yet or not.</summary>
    public IReadOnlyDictionary<string, ImmediateJob> Jobs => _jobs.ToDictionary(row => row.Key, row => row.Value.Job);

    /// <summary>By job id: the statuses that listings and look-ups showed, in order.</summary>
    public Dictionary<string, List<JobStatus>> Served { get; } = [];

    /// <summary>How often jobs were looked up.</summary>
    public int LookUps { get; private set; }

    /// <summary>How often a listing was asked for by window.</summary>
    public int Windows { get; private set; }

    /// <summary>The jobs that the list leaves out, which makes it incomplete.</summary>
    public IReadOnlySet<string> Hidden { get; set; } = new HashSet<string>();

    /// <summary>What the list shows of jobs instead of what is: a server that lags.</summary>
    public IReadOnlyDictionary<string, ImmediateJob> Stale { get; set; } = new Dictionary<string, ImmediateJob>();

    /// <summary>Whether look-ups prove anything.</summary>
    public bool Proves { get; set; } = true;

    public void Put(ImmediateJob job, TimeSpan appearsAfter = default) =>
        _jobs[job.JobId] = (job, _jobs.TryGetValue(job.JobId, out var known) ? known.AppearsAt : time.GetUtcNow() + appearsAfter);

    public void Remove(string jobId) => _jobs.Remove(jobId);

    public Task<Listing> ListAsync(ListingQuery query, CancellationToken cancellationToken)
    {
        Windows += query.StartTime is null ? 0 : 1;
        var listed = _jobs.Values
            .Where(row => row.AppearsAt <= time.GetUtcNow())
            .Where(row => query.StartTime is not { } start || row.Job.CreatedTime >= start)
            .Select(row => Stale.GetValueOrDefault(row.Job.JobId) ?? row.Job)
            .ToList();
        var shown = listed.Where(job => !Hidden.Contains(job.JobId)).ToList();
        shown.ForEach(Serve);
        return Task.FromResult(new Listing
        {
            Jobs = shown,
            IsComplete = shown.Count == listed.Count,
            TotalCount = listed.Count,
            Listed = shown.Count,
            CloudTime = time.GetUtcNow(),
        });
    }

    public Task<LookUp> FindAsync(string jobId, CancellationToken cancellationToken)
    {
        LookUps++;
        if (!Proves)
        {
            return Task.FromResult(new LookUp(LookUpVerdict.Unproven));
        }

        if (!_jobs.TryGetValue(jobId, out var row))
        {
            return Task.FromResult(new LookUp(LookUpVerdict.Gone));
        }

        Serve(row.Job);
        return Task.FromResult(new LookUp(LookUpVerdict.Found, row.Job));
    }

    private void Serve(ImmediateJob job)
    {
        if (!Served.TryGetValue(job.JobId, out var statuses))
        {
            Served[job.JobId] = statuses = [];
        }

        statuses.Add(job.Status);
    }
}
