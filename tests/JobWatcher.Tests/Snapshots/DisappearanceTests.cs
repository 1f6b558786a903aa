using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Snapshots;

/// <summary>Rules D2 and D4 of the protocol: what follows from jobs that are missing, and from those that return.</summary>
public sealed class DisappearanceTests
{
    private static readonly LookUp Gone = new(LookUpVerdict.Gone);
    private static readonly LookUp Unproven = new(LookUpVerdict.Unproven);
    private static readonly ImmediateJob Ended = Job("a", JobStatus.Completed, BeforeNoon, BeforeNoon);

    [Fact]
    public void One_complete_listing_without_an_open_job_concludes_nothing()
    {
        var changes = Miss(SnapshotOf(Running()), Gone);

        Assert.Empty(changes.Transitions);
        Assert.Equal(1, changes.Next.Jobs["a"].Missed);
    }

    [Fact]
    public void An_open_job_vanishes_when_two_complete_listings_in_a_row_lack_it_and_a_look_up_says_gone()
    {
        var missedOnce = Miss(SnapshotOf(Running())).Next;

        var changes = Miss(missedOnce, Gone);

        var step = Assert.Single(changes.Transitions);
        Assert.Equal("a: Running -> None", step.Tell());
        Assert.Equal(Running(), step.Job);
        Assert.Empty(changes.Next.Jobs);
        var row = Assert.Single(changes.Written);
        Assert.True(row.Vanished);
        Assert.Equal(Noon + Interval, row.GoneSince);
    }

    [Fact]
    public void Two_listings_without_an_open_job_conclude_nothing_without_a_look_up()
    {
        var changes = Miss(Miss(SnapshotOf(Running())).Next);

        Assert.Empty(changes.Transitions);
        Assert.True(changes.Next.Jobs.ContainsKey("a"));
    }

    [Fact]
    public void A_look_up_that_proves_nothing_concludes_nothing_and_goes_on_being_asked()
    {
        var missedTwice = Miss(Miss(SnapshotOf(Running())).Next, Unproven).Next;

        var again = Miss(missedTwice, Unproven);

        Assert.Empty(again.Transitions);
        Assert.Empty(again.Written);
        Assert.Equal(["a"], MissingJobs.ToLookUp(again.Next, At(Noon, Complete())));
    }

    [Fact]
    public void A_look_up_that_finds_the_job_counts_as_a_sight_of_it()
    {
        var missedOnce = Miss(SnapshotOf(Running())).Next;
        var found = Job("a", JobStatus.Completed, BeforeNoon, Noon.AddSeconds(10));

        var changes = Miss(missedOnce, new LookUp(LookUpVerdict.Found, found));

        Assert.Equal(["a: Running -> Completed"], changes.Transitions.Select(Sight.Tell));
        Assert.Equal(0, changes.Next.Jobs["a"].Missed);
    }

    [Fact]
    public void A_sight_between_two_gaps_starts_the_count_anew()
    {
        var missedOnce = Miss(SnapshotOf(Running())).Next;
        var seenAgain = SnapshotDiff.Compute(missedOnce, At(Noon + Interval, Complete(Running()))).Next;

        var changes = Miss(seenAgain, Gone);

        Assert.Empty(changes.Transitions);
        Assert.Equal(1, changes.Next.Jobs["a"].Missed);
    }

    [Fact]
    public void Incomplete_listings_conclude_nothing_however_many()
    {
        var missedOnce = Miss(SnapshotOf(Running())).Next;

        var changes = SnapshotDiff.Compute(missedOnce, At(Noon + Interval, Incomplete()).With("a", Gone));

        Assert.Empty(changes.Transitions);
        Assert.Empty(changes.Written);
    }

    [Fact]
    public void An_ended_job_leaves_silently_after_two_complete_listings_and_keeps_its_row()
    {
        var missedOnce = Miss(SnapshotOf(Ended));
        var missedTwice = Miss(missedOnce.Next);

        Assert.True(missedOnce.Next.Jobs.ContainsKey("a"));
        Assert.Empty(missedTwice.Transitions);
        Assert.Empty(missedTwice.Next.Jobs);
        var row = Assert.Single(missedTwice.Written);
        Assert.Equal((Noon + Interval, false), (row.GoneSince, row.Vanished));
    }

    [Fact]
    public void A_job_that_returns_after_it_aged_out_is_not_new()
    {
        var row = Assert.Single(Miss(Miss(SnapshotOf(Ended)).Next).Written);
        var created = Ended with { JobId = "a", CreatedTime = Noon.AddDays(1), EndedTime = Noon.AddDays(1) };

        var same = SnapshotDiff.Compute(SnapshotOf(), At(Noon + Interval, Complete(Ended)).Remembering(row));
        var moved = SnapshotDiff.Compute(
            SnapshotOf(), At(Noon + Interval, Complete(created with { Status = JobStatus.Failed })).Remembering(row));

        Assert.Empty(same.Transitions);
        Assert.Equal((null, 0), (same.Next.Jobs["a"].GoneSince, same.Next.Jobs["a"].Missed));
        Assert.Equal(["a: Completed -> Failed"], moved.Transitions.Select(Sight.Tell));
    }

    [Fact]
    public void A_job_that_returns_after_it_vanished_goes_on_from_None()
    {
        var row = Assert.Single(Miss(Miss(SnapshotOf(Running())).Next, Gone).Written);

        var changes = SnapshotDiff.Compute(SnapshotOf(), At(Noon + Interval, Complete(Running())).Remembering(row));

        Assert.Equal(["a: None -> Running"], changes.Transitions.Select(Sight.Tell));
        Assert.False(Assert.Single(changes.Written).Vanished);
    }

    [Fact]
    public void What_a_window_does_not_reach_is_not_missing()
    {
        var undated = Job("b", JobStatus.Running);
        var before = SnapshotOf(Running(), undated);
        var window = At(Noon + Interval, Complete()) with { WindowStart = BeforeNoon.AddSeconds(1) };

        var changes = SnapshotDiff.Compute(before, window.With("a", Gone).With("b", Gone));

        Assert.Empty(changes.Written);
        Assert.Equal(before.Jobs, changes.Next.Jobs);
    }

    [Fact]
    public void A_window_that_reaches_an_open_job_counts_as_a_listing_that_lacks_it()
    {
        var window = At(Noon + Interval, Complete()) with { WindowStart = BeforeNoon };
        var missedOnce = SnapshotDiff.Compute(SnapshotOf(Running()), window).Next;

        var changes = SnapshotDiff.Compute(missedOnce, window.With("a", Gone));

        Assert.Equal(["a: Running -> None"], changes.Transitions.Select(Sight.Tell));
    }

    [Fact]
    public void Once_two_listings_lacked_it_a_look_up_beside_any_window_concludes()
    {
        var missedTwice = Miss(Miss(SnapshotOf(Running())).Next, Unproven).Next;
        var window = At(Noon + Interval, Complete()) with { WindowStart = Noon };

        var changes = SnapshotDiff.Compute(missedTwice, window.With("a", Gone));

        Assert.Equal(["a"], MissingJobs.ToLookUp(missedTwice, window));
        Assert.Equal(["a: Running -> None"], changes.Transitions.Select(Sight.Tell));
    }

    [Fact]
    public void Ended_jobs_leave_memory_by_full_listings_alone()
    {
        var window = At(Noon + Interval, Complete()) with { WindowStart = BeforeNoon };
        var afterWindows = SnapshotDiff.Compute(SnapshotDiff.Compute(SnapshotOf(Ended), window).Next, window);

        var afterFull = Miss(Miss(afterWindows.Next).Next);

        Assert.Empty(afterWindows.Written);
        Assert.True(afterWindows.Next.Jobs.ContainsKey("a"));
        Assert.Empty(afterFull.Next.Jobs);
    }

    private static SnapshotChanges Miss(Snapshot before, LookUp? lookUp = null)
    {
        var observation = At(Noon + Interval, Complete());
        return SnapshotDiff.Compute(before, lookUp is null ? observation : observation.With("a", lookUp));
    }
}
