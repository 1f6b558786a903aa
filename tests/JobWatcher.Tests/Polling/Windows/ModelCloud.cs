using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.Tests.Polling.Windows;

/// <summary>A cloud of a few jobs that lists by created time, as <c>start_time</c> asks, and remembers what it served.</summary>
internal sealed class ModelCloud(FakeTimeProvider time) : IImmediateJobsClient
{
    private static readonly TimeSpan FirstPage = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, (ImmediateJob Job, DateTimeOffset AppearsAt)> _jobs = [];
    private Trouble _trouble;
    private int _listings;

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

    /// <summary>By how much the <c>Date</c> of its answers is wrong; null where they have none.</summary>
    public TimeSpan? DateOffset { get; set; } = TimeSpan.Zero;

    /// <summary>How many listings failed, and how many of them were the second of a poll.</summary>
    public int Failures { get; private set; }

    public int SecondFailures { get; private set; }

    /// <summary>The next poll's listings meet this.</summary>
    public void Meet(Trouble trouble) => (_trouble, _listings) = (trouble, 0);

    public void Put(ImmediateJob job, TimeSpan appearsAfter = default) =>
        _jobs[job.JobId] = (job, _jobs.TryGetValue(job.JobId, out var known) ? known.AppearsAt : time.GetUtcNow() + appearsAfter);

    public void Remove(string jobId) => _jobs.Remove(jobId);

    public Task<Listing> ListAsync(ListingQuery query, CancellationToken cancellationToken)
    {
        Windows += query.StartTime is null ? 0 : 1;
        Fail();
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
            CloudTime = time.GetUtcNow() + DateOffset,
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

    private void Fail()
    {
        var isSecond = ++_listings > 1;
        if (_trouble is Trouble.ListingFails or Trouble.ListingFailsLate || (_trouble is Trouble.SecondListingFails && isSecond))
        {
            time.Advance(_trouble is Trouble.ListingFailsLate ? FirstPage : TimeSpan.Zero);
            Failures++;
            SecondFailures += isSecond ? 1 : 0;
            throw new CloudException(CloudFault.Error, "The cloud said no.") { HttpStatus = 500 };
        }
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
