using System.Collections.Immutable;
using JobWatcher.Alerts;
using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Planning;
using JobWatcher.Polling.Budgets;
using JobWatcher.Polling.Clients;
using JobWatcher.Polling.Clocks;
using JobWatcher.Polling.Windows;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Polling.Targets;

/// <summary>
/// Watches one target: each poll reads the target's version, lists, compares and commits, in this order (rule C2 of the
/// protocol). Polls must not overlap; <see cref="State"/> may be read by anybody at any time.
/// </summary>
internal sealed partial class TargetWatch(
    WatchedTarget configured,
    EntryShare share,
    PollClock clock,
    ApiCalls calls,
    TargetClient client,
    IWatchStore store,
    PollReports reports,
    TimeProvider time)
{
    // Well within the time that a pod has to end.
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private readonly TargetObserver _observer = new(client, store, time);
    private readonly ListingMarks _marks = new(time);

    private WatchedTarget _target = configured;
    private TargetState _state = new() { AnsweredTimestamp = time.GetTimestamp() };
    private long _attemptTimestamp = time.GetTimestamp();
    private TimeSpan _waitedAtAttempt = clock.Waited;
    private TimeSpan _waitedForOurselvesAtAttempt = clock.WaitedForOurselves;
    private volatile bool _isHeldByStore;
    private TargetLabels _labels = TargetLabels.Starting(configured.JobNameLimit);

    /// <summary>Polls once. Never throws for what the cloud or the store does: that is an outcome.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> fired.</exception>
    public async Task<PollOutcome> PollAsync(CancellationToken stopping)
    {
        var startedTime = time.GetUtcNow();
        var started = time.GetTimestamp();
        Volatile.Write(ref _attemptTimestamp, started);
        (_waitedAtAttempt, _waitedForOurselvesAtAttempt) = (clock.Waited, clock.WaitedForOurselves);
        // Waiting for our own budget does not count: the clock stands still meanwhile (rule L6).
        using var limit = clock.Start(Target.PollTimeout, stopping);
        var listingsBefore = calls.Listings;
        LastFailure = null;
        _isHeldByStore = false;

        var outcome = await EndAsync(startedTime, limit.Token, stopping);
        if (outcome.IsAnswered() && _observer.WasRegular)
        {
            RequestsAPoll = (int)Math.Max(1, calls.Listings - listingsBefore);
        }

        var duration = time.GetElapsedTime(started);
        Publish(State with
        {
            LastOutcome = outcome,
            HasFailedAtStore = _isHeldByStore,
            LastDuration = duration,
            Polls = State.Polls.SetItem(outcome, State.Polls.GetValueOrDefault(outcome) + 1),
        });
        LastPollEnded = time.GetTimestamp();
        reports.PollEnded(Target, outcome, duration);
        return outcome;
    }

    /// <summary>Reads the target's state from the store, so that it is shown before the first poll.</summary>
    public async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        // Whose state it is, only the look-up of the first poll will tell.
        if (Target.ProjectId.Length > 0)
        {
            await ReadRecordAsync(cancellationToken);
        }
    }

    private async Task<PollOutcome> EndAsync(
        DateTimeOffset startedTime, CancellationToken cancellationToken, CancellationToken stopping)
    {
        try
        {
            if (await FindProjectAsync(startedTime, cancellationToken, stopping) is { } failed)
            {
                return failed;
            }

            var record = await ReadRecordAsync(cancellationToken);
            var outcome = await PollCloudAsync(GoingOn(record), startedTime, cancellationToken, stopping);
            reports.Faulted(Target, exception: null);
            return outcome;
        }
        catch (StoreException exception)
        {
            LastFailure = exception.Message;
            _isHeldByStore = true;
            reports.StoreFailed(exception);
            return PollOutcome.Error;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return PollOutcome.Timeout;
        }
#pragma warning disable CA1031 // A fault of our own must neither end this target's polls nor touch the others'.
        catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _isHeldByStore = false;
            LastFailure = $"a fault of JobWatcher itself, which the log tells ({exception.GetType().Name})";
            reports.Faulted(Target, exception);
            return PollOutcome.Error;
        }
    }

    // What the cloud has answered is taken in whatever is left of the poll's time: a slow store is not a failing cloud.
    private async Task<PollOutcome> PollCloudAsync(
        TargetRecord record, DateTimeOffset startedTime, CancellationToken cancellationToken, CancellationToken stopping)
    {
        PollFailure failure;
        try
        {
            var observation = await _observer.ObserveAsync(
                Target, record, State.Snapshot, cancellationToken, stopping);
            return await TakeInAsync(record, observation, stopping);
        }
        catch (CloudException exception)
        {
            failure = PollFailure.Of(exception);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            failure = TookTooLong();
        }

        return await FailAsync(record, failure, startedTime, stopping);
    }

    private async Task<TargetRecord> ReadRecordAsync(CancellationToken cancellationToken)
    {
        // It stays so where the poll's time ends before the reading does.
        _isHeldByStore = true;
        var record = await store.ReadTargetAsync(Target.Name, Target.ProjectId, Target.Region, cancellationToken);
        reports.StoreAnswered();
        if (State.Record?.Version != record.Version)
        {
            await ReadStateAsync(record, cancellationToken);
        }

        _isHeldByStore = false;
        return record;
    }

    private async Task ReadStateAsync(TargetRecord record, CancellationToken cancellationToken)
    {
        // Whoever committed, this process before a fault of the store or another one, may have left steps to report.
        reports.StateIsRead();
        var jobs = await store.ReadJobsAsync(Target.Name, cancellationToken);
        var counters = (await store.ReadCountersAsync(Target.Name, cancellationToken)).ToImmutableDictionary();
        Volatile.Write(ref _labels, Labels.Admitting(counters.Keys).Admitting(Reported(jobs)));
        Publish(State with
        {
            Record = record,
            Failing = GoesOn(record) ? State.Failing : record.FailingSince is { } since ? OutageClock.Since(since, time) : null,
            Snapshot = Snapshot.Of(record.WatchFrom, jobs),
            Counters = counters,
            CountersAtTakeOver = State.Record is null ? counters : State.CountersAtTakeOver,
        });
    }

    private async Task<PollOutcome> TakeInAsync(
        TargetRecord record, Observation observation, CancellationToken stopping)
    {
        var changes = SnapshotDiff.Compute(State.Snapshot, observation);
        var transitions = changes.Transitions.Where(step => Target.Reports(step.Job.JobName)).ToList();
        var labels = Labels.Admitting(Reported(changes.Written));
        var increments = labels.Increments(transitions);
        var sight = new AlertSight
        {
            Target = Target,
            Snapshot = changes.Next,
            JobNames = labels.JobNames,
            CloudTime = observation.CloudTime,
            OwnTime = observation.ObservedTime,
        };
        var disproof = WindowTrust.Disproof(record, State.Snapshot, observation, Target.Overlap);
        var endsOutage = record.FailingSince is not null;
        if (endsOutage)
        {
            LeaveToOthers(stopping);
            record = WithOutageOfBefore(record);
            TellRecovered(record, observation.Listing);
        }

        var commit = new PollCommit
        {
            Target = _marks.After(record, observation, _observer.StartedAt, isDisproved: disproof is not null) with
            {
                WatchFrom = changes.Next.WatchFrom,
                LastAnswered = observation.ObservedTime,
                CloudAhead = _observer.CloudAhead ?? record.CloudAhead,
                LastComplete = observation.Listing.IsComplete ? observation.ObservedTime : record.LastComplete,
                FailingSince = null,
                OutageReported = false,
            },
            Jobs = changes.Written,
            Transitions = transitions,
            Increments = increments,
            Alerts = firing => PollAlerts.AfterAnswer(
                firing, sight, changes.Written, transitions, isBaseline: record.WatchFrom is null),
            Labels = Target.Labels,
        };
        var result = endsOutage ? await CommitToldAsync(commit, stopping) : await CommitAsync(commit, stopping);
        if (result.Target is null)
        {
            reports.CommitRefused(Target);
            return PollOutcome.Error;
        }

        var outage = OutageLasted;
        Volatile.Write(ref _labels, labels);
        Publish(State with
        {
            Record = result.Target,
            Snapshot = changes.Next,
            Counters = State.Counters.SetItems(increments.Select(added =>
                KeyValuePair.Create(added.Key, State.Counters.GetValueOrDefault(added.Key) + added.Value))),
            Failing = null,
            AnsweredTimestamp = time.GetTimestamp(),
            AnsweredWaited = clock.WaitedForOurselves,
            HasAnswered = true,
            Cloud = _observer.Cloud,
        });
        var outcome = OutcomeOf(observation.Listing);
        reports.Answered(Target, record, observation, changes, result, outcome, outage);
        reports.WindowsJudged(Target, record, result.Target, disproof);
        return outcome;
    }

    // What was told would be told again by whoever comes next: a stop leaves its commit the time to wait for its turn.
    private async Task<CommitResult> CommitToldAsync(PollCommit commit, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var end = stopping.UnsafeRegister(_ => late.CancelAfter(LongestGoodbye), state: null);
        return await CommitAsync(commit, late.Token);
    }

    private async Task<CommitResult> CommitAsync(PollCommit commit, CancellationToken stopping)
    {
        _isHeldByStore = true;
        var result = await reports.CommitAsync(store, commit, stopping);
        _isHeldByStore = false;
        _withoutProject = result.Target is null ? _withoutProject : null;
        return result;
    }

    private IEnumerable<JobSnapshot> Reported(IEnumerable<JobSnapshot> jobs) =>
        jobs.Where(known => Target.Reports(known.Job.JobName));

    private void Publish(TargetState state) => Volatile.Write(ref _state, state);
}
