using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Planning;
using JobWatcher.Polling.Budgets;
using JobWatcher.Polling.Clients;
using JobWatcher.Storage;

namespace JobWatcher.Polling.Targets;

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
    public IReadOnlyList<TargetWatch> CreateAll() => [.. plan.Select(planned => Create(planned))];

    /// <summary>Makes the watch of a target.</summary>
    /// <param name="planned">The target.</param>
    /// <param name="before">Its watch under another configuration, whose clock and counts go on; null for a new target.</param>
    /// <exception cref="InvalidDataException">The target's file of certificates cannot be used.</exception>
    public TargetWatch Create(PlannedTarget planned, TargetWatch? before = null)
    {
        var calls = before?.Calls ?? new ApiCalls();
        var share = shares.For(planned.Target.Credentials);
        var clock = before?.Clock ?? new PollClock(time);
        var client = clients.For(planned, share.Limits, clock, calls.Count);
        return new TargetWatch(planned.Target, share, clock, calls, client, store, reports, time);
    }
}
