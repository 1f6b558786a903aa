namespace JobWatcher.Polling.Targets;

/// <content>What goes on when a target's configuration changes while it is watched.</content>
internal sealed partial class TargetWatch
{
    /// <summary>That of no row: the store's is read before the next poll, whatever it is.</summary>
    public const long NoVersion = -1;

    /// <summary>
    /// Goes on where the watch before this one stood, whose polls have ended. Where region or project changed, the jobs are
    /// others: then only what was counted goes on, and an outage until the target answers (rule D7).
    /// </summary>
    public void GoOnFrom(TargetWatch before)
    {
        var (mine, old) = (Target, before.Target);
        _withoutProject = before._withoutProject;
        (_toldUnreachable, _toldRecovered, _ownOutage) = (before._toldUnreachable, before._toldRecovered, before._ownOutage);
        LastPollEnded = before.LastPollEnded;
        // A project that is looked up is taken for the same until the look-up tells another.
        if (mine.Region == old.Region && (mine.ProjectId.Length == 0 || mine.ProjectId == old.ProjectId))
        {
            Volatile.Write(ref _target, mine with { ProjectId = old.ProjectId });
            _observer.GoOnFrom(before._observer);
            Volatile.Write(ref _attemptTimestamp, before.AttemptTimestamp);
            _waitedAtAttempt = before._waitedAtAttempt;
            _waitedForOurselvesAtAttempt = before._waitedForOurselvesAtAttempt;
            RequestsAPoll = before.RequestsAPoll;
            Publish(before.State);
        }
        else
        {
            Publish(new TargetState
            {
                Record = before.State.Record?.PointedAt(mine.ProjectId, mine.Region) is { } record
                    ? record with { Version = NoVersion }
                    : null,
                Counters = before.State.Counters,
                CountersAtTakeOver = before.State.CountersAtTakeOver,
                TakeOver = before.State.TakeOver,
                Polls = before.State.Polls,
                AnsweredTimestamp = time.GetTimestamp(),
                AnsweredWaited = clock.WaitedForOurselves,
                Failing = before.State.Failing,
                FailingWaited = before.State.FailingWaited,
                HasFailedAtStore = before.State.HasFailedAtStore,
            });
        }

        Volatile.Write(ref _labels, LabelsAfter(before));
    }

    // Texts keep the label values that they had, unless the choice of names itself changed.
    private TargetLabels LabelsAfter(TargetWatch before) =>
        Target.JobNameLimit == before.Target.JobNameLimit && Target.JobNames.SetEquals(before.Target.JobNames)
            ? before.Labels
            : Labels.Admitting(State.Counters.Keys).Admitting(Reported(State.Snapshot.Jobs.Values));
}
