using System.Collections.Concurrent;
using JobWatcher.HuaweiCloud;

namespace JobWatcher.Polling;

/// <summary>Counts the HTTP requests that were sent for one target. Safe for several threads.</summary>
internal sealed class ApiCalls
{
    private readonly ConcurrentDictionary<ApiCall, long> _counts = new();

    private long _total;

    /// <summary>How many requests were sent.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>Counts one request.</summary>
    public void Count(ApiCall call)
    {
        Interlocked.Increment(ref _total);
        _counts.AddOrUpdate(call, 1, (_, count) => count + 1);
    }

    /// <summary>The counts of this moment.</summary>
    public IReadOnlyList<KeyValuePair<ApiCall, long>> Counts => [.. _counts];
}
