using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Snapshots;

/// <summary>Rule D3 of the protocol: what follows from a step back.</summary>
public sealed class BackwardStepTests
{
    private static readonly ImmediateJob Ended = Job("a", JobStatus.Failed, BeforeNoon, BeforeNoon.AddMinutes(10));
    private static readonly ImmediateJob Pending = Job("a", JobStatus.Pending, BeforeNoon);

    [Fact]
    public void A_step_from_ended_to_open_or_from_Running_to_Pending_is_not_applied_when_it_is_first_seen()
    {
        Assert.All([(Ended, Running()), (Ended, Pending), (Running(), Pending)], step =>
        {
            var before = SnapshotOf(step.Item1);

            var changes = See(before, step.Item2);

            Assert.Empty(changes.Transitions);
            Assert.Empty(changes.Written);
            Assert.Equal(before.Jobs["a"], changes.Next.Jobs["a"]);
            Assert.Equal(["a"], changes.Next.Doubted);
        });
    }

    [Fact]
    public void It_counts_when_the_next_polls_look_up_shows_it_again()
    {
        var doubted = See(SnapshotOf(Ended), Pending).Next;

        var changes = See(doubted, Pending, Found(Running()));

        Assert.Equal(["a: Failed -> Running"], changes.Transitions.Select(Sight.Tell));
        Assert.Equal(Noon + Interval, changes.Next.Jobs["a"].StatusSince);
        Assert.True(changes.Next.Open.ContainsKey("a"));
        Assert.Empty(changes.Next.Doubted);
    }

    [Fact]
    public void It_counts_at_once_when_the_ended_time_changed()
    {
        var retried = Running() with { EndedTime = Ended.EndedTime!.Value.AddMinutes(1) };

        Assert.Equal(["a: Failed -> Running"], See(SnapshotOf(Ended), retried).Transitions.Select(Sight.Tell));
        Assert.Empty(See(SnapshotOf(Ended), retried with { EndedTime = Ended.EndedTime }).Transitions);
    }

    [Fact]
    public void A_lagging_server_that_flips_back_and_forth_makes_no_transition_and_moves_no_time()
    {
        var first = SnapshotOf(Ended);
        var snapshot = first;
        for (var poll = 0; poll < 6; poll++)
        {
            var changes = See(snapshot, poll % 2 == 0 ? Running() : Ended, Found(Ended));

            Assert.Empty(changes.Transitions);
            Assert.Empty(changes.Written);
            snapshot = changes.Next;
        }

        Assert.Equal(first.Jobs["a"], snapshot.Jobs["a"]);
    }

    [Fact]
    public void A_list_that_goes_on_showing_it_proves_nothing_while_the_look_up_shows_the_end()
    {
        var snapshot = SnapshotOf(Ended);
        for (var poll = 0; poll < 6; poll++)
        {
            var changes = See(snapshot, Running(), snapshot.Doubted.Contains("a") ? Found(Ended) : null);

            Assert.Empty(changes.Transitions);
            snapshot = changes.Next;
        }
    }

    [Fact]
    public void A_look_up_that_fails_leaves_the_doubt_to_the_next_poll()
    {
        var doubted = See(SnapshotOf(Ended), Running()).Next;

        var unproven = See(doubted, Running(), new LookUp(LookUpVerdict.Unproven));
        var changes = See(unproven.Next, Running(), Found(Running()));

        Assert.Empty(unproven.Transitions);
        Assert.Equal(["a: Failed -> Running"], changes.Transitions.Select(Sight.Tell));
    }

    [Fact]
    public void A_listing_that_does_not_show_the_job_leaves_the_doubt_to_the_look_up()
    {
        var doubted = See(SnapshotOf(Ended), Running()).Next;

        var incomplete = SnapshotDiff.Compute(doubted, At(Noon + Interval, Incomplete()));
        var window = SnapshotDiff.Compute(
            incomplete.Next, At(Noon + Interval, Complete()) with { WindowStart = Noon });
        var changes = SnapshotDiff.Compute(window.Next, At(Noon + Interval, Incomplete()).With("a", Found(Running())));

        Assert.Empty(incomplete.Transitions.Concat(window.Transitions));
        Assert.Equal(["a: Failed -> Running"], changes.Transitions.Select(Sight.Tell));
    }

    [Fact]
    public void A_sight_of_the_end_settles_the_doubt()
    {
        var doubted = See(SnapshotOf(Ended), Running()).Next;

        var settled = See(doubted, Ended).Next;
        var changes = See(settled, Running(), Found(Running()));

        Assert.Empty(settled.Doubted);
        Assert.Empty(changes.Transitions);
    }

    [Fact]
    public void A_look_up_that_says_gone_settles_the_doubt()
    {
        var doubted = See(SnapshotOf(Ended), Running()).Next;

        var changes = SnapshotDiff.Compute(
            doubted, At(Noon + Interval, Incomplete()).With("a", new LookUp(LookUpVerdict.Gone)));

        Assert.Empty(changes.Next.Doubted);
        Assert.Empty(changes.Transitions);
    }

    [Fact]
    public void After_a_restart_it_is_seen_for_the_first_time_once_more()
    {
        var doubted = See(SnapshotOf(Ended), Running()).Next;
        var restarted = Snapshot.Of(doubted.WatchFrom, doubted.Jobs.Values);

        var first = See(restarted, Running(), Found(Running()));
        var second = See(first.Next, Running(), Found(Running()));

        Assert.Empty(first.Transitions);
        Assert.Equal(["a: Failed -> Running"], second.Transitions.Select(Sight.Tell));
    }

    [Fact]
    public void A_job_that_aged_out_and_returns_open_is_doubted_too()
    {
        var row = new JobSnapshot { Job = Ended, GoneSince = Noon };

        var first = SnapshotDiff.Compute(SnapshotOf(), At(Noon + Interval, Complete(Running())).Remembering(row));
        var second = SnapshotDiff.Compute(
            first.Next, At(Noon + Interval, Incomplete()).Remembering(row).With("a", Found(Running())));

        Assert.Empty(first.Transitions);
        Assert.Empty(first.Written);
        Assert.Equal(["a: Failed -> Running"], second.Transitions.Select(Sight.Tell));
    }

    private static LookUp Found(ImmediateJob job) => new(LookUpVerdict.Found, job);

    private static SnapshotChanges See(Snapshot before, ImmediateJob job, LookUp? lookUp = null)
    {
        var observation = At(Noon + Interval, Complete(job));
        return SnapshotDiff.Compute(before, lookUp is null ? observation : observation.With("a", lookUp));
    }
}
