using System.Collections.Concurrent;
using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Tests.Polling;

/// <summary>A cloud that answers as a test says.</summary>
internal sealed class ScriptedClient(ConcurrentQueue<string>? journal = null) : IImmediateJobsClient
{
    /// <summary>How the next listings are answered.</summary>
    public Func<CancellationToken, Task<Listing>> Answer { get; set; } = _ => throw new NotSupportedException();

    /// <summary>The listings asked for, in order.</summary>
    public List<ListingQuery> Queries { get; } = [];

    /// <summary>Whether listings by window are a 400.</summary>
    public bool RefusesWindows { get; set; }

    /// <summary>What look-ups say, by job id.</summary>
    public Dictionary<string, LookUp> LookUps { get; } = [];

    /// <summary>Whether look-ups never end.</summary>
    public bool HangsOnLookUps { get; set; }

    /// <summary>The next listings show this.</summary>
    public void Lists(Listing listing) => Answer = _ => Task.FromResult(listing);

    /// <summary>The next listings fail so.</summary>
    public void Fails(CloudFault fault = CloudFault.Error) => Answer = _ => throw Refusal(fault);

    /// <summary>The next listings take so long, and fail.</summary>
    public void FailsAfter(TimeSpan delay, SettableTime time) => Answer = _ =>
    {
        time.Advance(delay);
        throw Refusal(CloudFault.Error);
    };

    /// <summary>The next listings never end; the task tells that one has begun.</summary>
    public Task Hangs()
    {
        var begun = new TaskCompletionSource();
        Answer = async cancellationToken =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new NotSupportedException();
        };
        return begun.Task;
    }

    public Task<Listing> ListAsync(ListingQuery query, CancellationToken cancellationToken)
    {
        journal?.Enqueue("List");
        Queries.Add(query);
        return RefusesWindows && query.StartTime is not null
            ? throw new CloudException(CloudFault.Error, "start_time is not a time.") { HttpStatus = 400 }
            : Answer(cancellationToken);
    }

    public async Task<LookUp> FindAsync(string jobId, CancellationToken cancellationToken)
    {
        journal?.Enqueue("Find " + jobId);
        if (HangsOnLookUps)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        return LookUps.GetValueOrDefault(jobId) ?? new LookUp(LookUpVerdict.Unproven);
    }

    private static CloudException Refusal(CloudFault fault) => new(fault, "The cloud said no.")
    {
        HttpStatus = 500,
        ErrorCode = "DBS.280005",
        RequestId = "request-1",
    };
}
