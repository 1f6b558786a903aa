using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Clocks;
using JobWatcher.Storage;
using JobWatcher.Storage.Rows;

namespace JobWatcher.Polling.Targets;

/// <content>Polls that the cloud does not answer.</content>
internal sealed partial class TargetWatch
{
    // Until its outage is in the store, or was told to end.
    private TargetRecord? _withoutProject;

    // What was told last, whether or not the store could note it: only the next process tells it again.
    private DateTimeOffset? _toldUnreachable;
    private DateTimeOffset? _toldRecovered;

    // The last one that this process saw begin, while it is short: that it was not told is known.
    private DateTimeOffset? _ownOutage;

    // Without a project no row is committed to: an outage of the identity service is told from memory, and goes on with one that
    // was there before.
    private async Task<PollOutcome?> FindProjectAsync(
        DateTimeOffset startedTime, CancellationToken cancellationToken, CancellationToken stopping)
    {
        PollFailure failure;
        try
        {
            await client.GetAsync(cancellationToken);
            if (Target.ProjectId != client.ProjectId)
            {
                Volatile.Write(ref _target, Target with { ProjectId = client.ProjectId! });
            }

            return null;
        }
        catch (CloudException exception)
        {
            failure = PollFailure.Of(exception);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            failure = TookTooLong();
        }

        var before = _withoutProject ?? AsTold(
            new TargetRecord { Name = Target.Name, ProjectId = "", Region = Target.Region }.WithOutageOf(State.Record));
        LastFailure = failure.Reason;
        _withoutProject = Failing(before, startedTime);
        reports.Failed(Target, before, _withoutProject, failure, OutageLasted);
        if (IsToBeTold(before, _withoutProject))
        {
            TellUnreachable(_withoutProject, failure);
        }

        return failure.Outcome;
    }

    // An outage that began while the project was looked up ends with the first answered poll, as every other.
    private TargetRecord GoingOn(TargetRecord record)
    {
        var going = AsTold(record);
        return going.FailingSince is null ? going.WithOutageOf(_withoutProject) : going;
    }

    // What was told holds, though the store did not note it: one that is over is followed by another, with a beginning of its own.
    private TargetRecord AsTold(TargetRecord record) =>
        record.FailingSince is not { } since ? record
        : since == _toldRecovered ? record.WithOutageOf(null)
        : since == _toldUnreachable ? record with { OutageReported = true }
        : record;

    private async Task<PollOutcome> FailAsync(
        TargetRecord record, PollFailure failure, DateTimeOffset startedTime, CancellationToken stopping)
    {
        LastFailure = failure.Reason;
        var failing = Failing(record, startedTime);
        var isTold = IsToBeTold(record, failing);
        if (isTold && failing.FailingSince != State.Record?.FailingSince)
        {
            // One poll alone may last so long, or follow an outage of the look-up: nothing of it is stored yet. Who comes after a
            // kill knows of the outage only what the store does.
            if (await CommitFailingAsync(failing with { OutageReported = false }, stopping) is not { } begun)
            {
                return failure.Outcome;
            }

            reports.Failed(Target, record, begun, failure, OutageLasted);
            (record, failing) = (begun, begun with { OutageReported = true });
        }

        if (isTold)
        {
            LeaveToOthers(stopping);
            TellUnreachable(failing, failure);
        }

        if (failing != State.Record && await CommitFailingAsync(failing, stopping, isTold) is null)
        {
            return failure.Outcome;
        }

        reports.Failed(Target, record, failing, failure, OutageLasted);
        return failure.Outcome;
    }

    private async Task<TargetRecord?> CommitFailingAsync(TargetRecord failing, CancellationToken stopping, bool isTold = false)
    {
        var commit = new PollCommit { Target = failing };
        var result = isTold ? await CommitToldAsync(commit, stopping) : await CommitAsync(commit, stopping);
        if (result.Target is null)
        {
            reports.CommitRefused(Target);
            return null;
        }

        Publish(State with { Record = result.Target });
        return result.Target;
    }

    private static bool IsToBeTold(TargetRecord before, TargetRecord failing) => failing.OutageReported && !before.OutageReported;

    // What is told must be committed as told: who stops leaves both to whoever comes next (rule R4).
    private static void LeaveToOthers(CancellationToken stopping) => stopping.ThrowIfCancellationRequested();

    // Before it is committed as told: who is killed in between leaves it to the next process (rule R4).
    private void TellUnreachable(TargetRecord failing, PollFailure failure)
    {
        reports.Unreachable(Target, failing, failure, OutageLasted);
        _toldUnreachable = failing.FailingSince;
    }

    // As its beginning.
    private void TellRecovered(TargetRecord record, Listing listing)
    {
        if (record is { OutageReported: true, FailingSince: { } since })
        {
            reports.Recovered(Target, since, OutcomeOf(listing), OutageLasted);
            (_toldRecovered, _withoutProject) = (since, null);
        }
    }

    // The process before may have told it and been killed before it could note that: told twice it has an end, untold none.
    private TargetRecord WithOutageOfBefore(TargetRecord record)
    {
        if (record is not { FailingSince: { } since, OutageReported: false } || since == _ownOutage ||
            time.GetUtcNow() - since < UnknownAfter)
        {
            return record;
        }

        var told = record with { OutageReported = true };
        TellUnreachable(told, new PollFailure(
            PollOutcome.Error, "Whether anybody was told is not known; the target answers again."));
        return told;
    }

    private static PollOutcome OutcomeOf(Listing listing) => listing.IsComplete ? PollOutcome.Success : PollOutcome.Incomplete;

    private TargetRecord Failing(TargetRecord record, DateTimeOffset startedTime)
    {
        // What the poll waited for our own limits before it failed is no part of the outage (rule L6).
        var waited = clock.WaitedForOurselves;
        if (record.FailingSince is null)
        {
            Publish(State with
            {
                FailingWaited = waited,
                Failing = new OutageClock(_waitedForOurselvesAtAttempt - waited, AttemptTimestamp),
            });
        }

        // As the store keeps it, so that it is known again when it is read.
        var failing = record with
        {
            FailingSince = record.FailingSince ?? ColumnTime.Kept(startedTime + (waited - _waitedForOurselvesAtAttempt)),
        };
        var isUnknown = Unknown.FailsFor(State.Failing, UnknownAfter, waited - State.FailingWaited, time);
        _ownOutage = isUnknown ? null : record.FailingSince is null ? failing.FailingSince : _ownOutage;
        return failing with { OutageReported = record.OutageReported || isUnknown };
    }

    // One that this process saw begin, as it may have before it knew the target's project.
    private bool GoesOn(TargetRecord record) =>
        State.Failing is not null && record.FailingSince == State.Record?.FailingSince;

    private PollFailure TookTooLong() => new(
        PollOutcome.Timeout, $"The poll did not end within {Target.PollTimeout.TotalSeconds:0.###} s.");
}
