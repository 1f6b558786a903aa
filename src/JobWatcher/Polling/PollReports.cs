using JobWatcher.Alerting;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Planning;
using JobWatcher.Polling.Targets;
using JobWatcher.Reporting;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Polling;

/// <summary>Tells what polls do, each outage and each fault once, and measures them.</summary>
internal sealed partial class PollReports(
    DurationHistograms histograms,
    StoreHealth storeHealth,
    TransitionReporter transitions,
    AlertBoard alerts,
    TimeProvider time,
    ILogger<TargetWatch> logger)
{
    private readonly OncePerSpell _incomplete = new();
    private readonly OncePerSpell _unreadable = new();
    private readonly OncePerSpell _faulted = new();

    /// <summary>Commits, measuring how long it took.</summary>
    public async Task<CommitResult> CommitAsync(IWatchStore store, PollCommit commit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var result = await CommitOrTellAsync(store, commit, cancellationToken);
        histograms.Committed(time.GetElapsedTime(started));
        alerts.Take(result.Alerts);
        if (storeHealth.Writes())
        {
            Log.StoreAvailable(logger);
        }

        return result;
    }

    /// <summary>The store could be read.</summary>
    public void StoreAnswered()
    {
        if (storeHealth.Reads())
        {
            Log.StoreAvailable(logger);
        }
    }

    /// <summary>A target's state was read because somebody had committed it unseen: the log may hold more.</summary>
    public void StateIsRead()
    {
        transitions.Wake();
        alerts.Doubt();
    }

    /// <summary>A target is watched no more. What its last poll committed unseen is still to be reported.</summary>
    public void Removed(string target)
    {
        _incomplete.Begins(target, isThere: false);
        _unreadable.Begins(target, isThere: false);
        _faulted.Begins(target, isThere: false);
        StateIsRead();
    }

    /// <summary>A poll ended, however it did.</summary>
    public void PollEnded(WatchedTarget target, PollOutcome outcome, TimeSpan duration)
    {
        histograms.Polled(outcome, duration);
        Log.PollEnded(logger, target.Name, outcome.Label(), duration.TotalSeconds);
    }

    /// <summary>A poll was answered and committed.</summary>
    public void Answered(
        WatchedTarget target,
        TargetRecord before,
        Observation observation,
        SnapshotChanges changes,
        CommitResult result,
        PollOutcome outcome,
        TimeSpan outageLasted)
    {
        foreach (var logged in result.Transitions)
        {
            histograms.JobEnded(logged.Transition);
        }

        transitions.Committed(target.Name, result.Transitions);
        if (before.WatchFrom is null)
        {
            TellBaseline(target, changes.Next);
        }

        if (before is { FailingSince: { } since, OutageReported: false })
        {
            Log.PollRecovered(logger, target.Name, OutageFields.Of(target, outcome, since, outageLasted));
        }

        TellListing(target, observation.Listing);
    }

    /// <summary>A poll was committed that may have changed whether windows are relied on (rule L4).</summary>
    /// <param name="target">The target.</param>
    /// <param name="before">Its row before the poll.</param>
    /// <param name="after">Its row after it.</param>
    /// <param name="disproof">Why windows cannot be relied on; null where the poll did not show that.</param>
    public void WindowsJudged(WatchedTarget target, TargetRecord before, TargetRecord after, string? disproof)
    {
        if (before.WindowsUnreliableSince is null && disproof is not null)
        {
            Log.WindowsUnreliable(logger, target.Name, disproof);
        }
        else if (before.WindowsUnreliableSince is not null && after.WindowsUnreliableSince is null)
        {
            Log.WindowsTriedAgain(logger, target.Name);
        }
    }

    /// <summary>The cloud failed a poll.</summary>
    public void Failed(
        WatchedTarget target, TargetRecord before, TargetRecord after, PollFailure failure, TimeSpan outageLasted)
    {
        if (before.FailingSince is null)
        {
            Log.PollFailed(logger, target.Name, failure.Reason, OutageOf(target, after, failure, outageLasted));
        }
    }

    /// <summary>Polls have failed for so long that a target's state is unknown.</summary>
    public void Unreachable(WatchedTarget target, TargetRecord failing, PollFailure failure, TimeSpan outageLasted) =>
        Log.TargetUnreachable(logger, target.Name, failure.Reason, OutageOf(target, failing, failure, outageLasted));

    /// <summary>An outage is over that was told.</summary>
    public void Recovered(WatchedTarget target, DateTimeOffset since, PollOutcome outcome, TimeSpan outageLasted) =>
        Log.TargetRecovered(logger, target.Name, OutageFields.Of(target, outcome, since, outageLasted));

    /// <summary>The store failed a poll: nothing of it happened.</summary>
    public void StoreFailed(StoreException exception)
    {
        if (storeHealth.FailsToRead(exception.Message))
        {
            Log.StoreUnavailable(logger, exception.Message);
        }
    }

    /// <summary>
    /// A poll met a fault of the watcher's own, or met none. It may have committed before, so the log may hold more.
    /// </summary>
    public void Faulted(WatchedTarget target, Exception? exception)
    {
        if (_faulted.Begins(target.Name, exception is not null))
        {
            Log.PollFaulted(logger, exception, target.Name);
        }

        if (exception is not null)
        {
            StateIsRead();
        }
    }

    /// <summary>Another writer committed this target during the poll; the listing was thrown away (rule C2).</summary>
    public void CommitRefused(WatchedTarget target) => Log.CommitRefused(logger, target.Name);

    private async Task<CommitResult> CommitOrTellAsync(
        IWatchStore store, PollCommit commit, CancellationToken cancellationToken)
    {
        try
        {
            return await store.CommitAsync(commit, cancellationToken);
        }
        catch (StoreException exception)
        {
            if (storeHealth.FailsToWrite(exception.Message))
            {
                Log.StoreUnavailable(logger, exception.Message);
            }

            throw;
        }
    }

    private void TellBaseline(WatchedTarget target, Snapshot snapshot) => Log.TargetBaselined(
        logger,
        target.Name,
        snapshot.Jobs.Count,
        snapshot.Jobs.Values.Count(known => known.Job.Status.IsOpen),
        snapshot.Jobs.Values.Count(known => known.Job.Status == JobStatus.Failed));

    private OutageFields OutageOf(
        WatchedTarget target, TargetRecord failing, PollFailure failure, TimeSpan outageLasted) =>
        OutageFields.Of(target, failure, failing.FailingSince ?? time.GetUtcNow(), outageLasted);

    private void TellListing(WatchedTarget target, Listing listing)
    {
        if (_incomplete.Begins(target.Name, !listing.IsComplete))
        {
            Log.ListingIncomplete(logger, target.Name, listing.Listed, listing.TotalCount);
        }

        if (_unreadable.Begins(target.Name, listing.Malformed > 0))
        {
            Log.JobsUnreadable(logger, target.Name, listing.Malformed, listing.Listed);
        }
    }
}
