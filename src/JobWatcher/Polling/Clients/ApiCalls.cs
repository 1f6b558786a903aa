using System.Collections.Concurrent;
using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Polling.Clients;

/// <summary>Counts the HTTP requests that were sent for one target. Safe for several threads.</summary>
internal sealed class ApiCalls
{
    private readonly ConcurrentDictionary<ApiCall, long> _counts = new();

    private long _listings;

    /// <summary>How many requests were sent that draw on the request budget: those of the jobs' API alone.</summary>
    public long Listings => Interlocked.Read(ref _listings);

    /// <summary>Counts one request.</summary>
    public void Count(ApiCall call)
    {
        if (call.Operation == ImmediateJobsClient.Operation)
        {
            Interlocked.Increment(ref _listings);
        }

        _counts.AddOrUpdate(call, 1, (_, count) => count + 1);
    }

    /// <summary>The counts of this moment.</summary>
    public IReadOnlyList<KeyValuePair<ApiCall, long>> Counts => [.. _counts];
}
