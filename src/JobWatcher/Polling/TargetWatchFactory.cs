using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Storage;

namespace JobWatcher.Polling;

/// <summary>Makes the watches of the planned targets.</summary>
internal sealed class TargetWatchFactory(
    IReadOnlyList<PlannedTarget> plan,
    EntryShares shares,
    CloudClients clients,
    IWatchStore store,
    PollReports reports,
    TimeProvider time)
{
    /// <summary>Makes all.</summary>
    public IReadOnlyList<TargetWatch> CreateAll() => [.. plan.Select(Create)];

    private TargetWatch Create(PlannedTarget planned)
    {
        var calls = new ApiCalls();
        var share = shares.For(planned.Target.Credentials);
        var clock = new PollClock(time);
        var client = clients.For(planned, share.Limits, clock, calls.Count);
        return new TargetWatch(planned.Target, share, clock, calls, client, store, reports, time);
    }
}
