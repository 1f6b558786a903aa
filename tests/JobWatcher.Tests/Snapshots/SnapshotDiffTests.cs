using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Snapshots;

public sealed class SnapshotDiffTests
{
    private static readonly DateTimeOffset Next = Noon + Interval;

    [Fact]
    public void The_first_poll_sets_watch_from_and_takes_old_jobs_in_silently()
    {
        var observation = At(Noon, Complete(Running("a"), Job("b", JobStatus.Failed, BeforeNoon, BeforeNoon)));

        var changes = SnapshotDiff.Compute(Snapshot.Empty, observation);

        Assert.Empty(changes.Transitions);
        Assert.Equal(Noon, changes.Next.WatchFrom);
        Assert.Equal(["a", "b"], changes.Written.Select(known => known.Job.JobId));
    }

    [Fact]
    public void Later_polls_leave_watch_from_alone()
    {
        var changes = SnapshotDiff.Compute(SnapshotOf(), At(Next, Complete()));

        Assert.Equal(Noon, changes.Next.WatchFrom);
    }

    [Fact]
    public void A_first_date_that_both_clocks_disprove_is_taken_back_and_a_job_that_failed_since_is_reported()
    {
        var first = SnapshotDiff.Compute(Snapshot.Empty, At(Noon.AddDays(1), Complete())).Next;
        var failed = Job("a", JobStatus.Failed, Noon.AddSeconds(5), Noon.AddSeconds(10));
        var old = Job("b", JobStatus.Failed, BeforeNoon, BeforeNoon);

        var changes = SnapshotDiff.Compute(first, At(Next, Complete(failed, old)) with { LastAnswered = Noon });

        Assert.Equal(["a: None -> Failed"], changes.Transitions.Select(Sight.Tell));
    }

    [Fact]
    public void Where_nothing_tells_when_the_last_poll_was_such_a_date_is_taken_back_to_the_present()
    {
        var first = SnapshotDiff.Compute(Snapshot.Empty, At(Noon.AddDays(1), Complete())).Next;

        var next = SnapshotDiff.Compute(first, At(Next, Complete()) with { LastAnswered = Noon.AddDays(2) }).Next;

        Assert.Equal(Next, next.WatchFrom);
    }

    [Theory]
    [InlineData(-24 * 60, 0)]
    [InlineData(1, -24 * 60)]
    [InlineData(-1, -1)]
    public void A_first_date_stays_that_one_clock_upholds(int cloudMinutes, int ownMinutes)
    {
        var observation = At(Noon.AddMinutes(cloudMinutes), Complete()) with { ObservedTime = Noon.AddMinutes(ownMinutes) };

        var next = SnapshotDiff.Compute(SnapshotOf(), observation).Next;

        Assert.Equal(Noon, next.WatchFrom);
    }

    [Fact]
    public void An_old_job_that_an_incomplete_first_listing_left_out_is_silent_later()
    {
        var first = SnapshotDiff.Compute(Snapshot.Empty, At(Noon, Incomplete())).Next;

        var changes = SnapshotDiff.Compute(
            first, At(Next, Complete(Running("a"), Job("b", JobStatus.Failed, BeforeNoon, BeforeNoon))));

        Assert.Empty(changes.Transitions);
    }

    [Fact]
    public void A_job_that_ended_during_an_outage_is_reported_however_late()
    {
        var late = Noon.AddDays(20);
        var job = Job("a", JobStatus.Failed, created: Noon.AddDays(1), ended: Noon.AddDays(2));

        var changes = SnapshotDiff.Compute(SnapshotOf(), At(late, Complete(job)));

        Assert.Equal(["a: None -> Failed"], changes.Transitions.Select(Sight.Tell));
    }

    [Fact]
    public void An_old_job_first_seen_after_it_ended_is_reported_when_it_ended_after_the_watch_began()
    {
        var first = SnapshotDiff.Compute(Snapshot.Empty, At(Noon, Incomplete())).Next;

        var changes = SnapshotDiff.Compute(
            first, At(Next, Complete(Job("a", JobStatus.Completed, BeforeNoon, Noon.AddSeconds(10)))));

        Assert.Equal(["a: None -> Completed"], changes.Transitions.Select(Sight.Tell));
    }

    [Fact]
    public void A_changed_status_is_one_transition_that_carries_the_job_as_it_is_now()
    {
        var ended = Job("a", JobStatus.Failed, BeforeNoon, Noon.AddSeconds(10)) with { FailReason = "no quota" };

        var changes = SnapshotDiff.Compute(SnapshotOf(Running()), At(Next, Complete(ended)));

        var step = Assert.Single(changes.Transitions);
        Assert.Equal((JobStatus.Running, JobStatus.Failed), (step.From, step.To));
        Assert.Equal(ended, step.Job);
        Assert.Equal(Next.AddMilliseconds(250), step.ObservedTime);
        Assert.Equal(ended, Assert.Single(changes.Written).Job);
    }

    [Fact]
    public void A_status_that_nobody_knows_is_reported_as_it_came()
    {
        var odd = Job("a", new JobStatus("Paused"), BeforeNoon);

        var changes = SnapshotDiff.Compute(SnapshotOf(Running()), At(Next, Complete(odd)));

        Assert.Equal(["a: Running -> Paused"], changes.Transitions.Select(Sight.Tell));
    }

    [Fact]
    public void An_incomplete_listing_still_tells_what_it_shows()
    {
        var ended = Job("a", JobStatus.Completed, BeforeNoon, Noon.AddSeconds(10));

        var changes = SnapshotDiff.Compute(SnapshotOf(Running()), At(Next, Incomplete(ended)));

        Assert.Equal(["a: Running -> Completed"], changes.Transitions.Select(Sight.Tell));
    }

    [Fact]
    public void An_unchanged_job_writes_nothing()
    {
        var changes = SnapshotDiff.Compute(SnapshotOf(Running()), At(Next, Complete(Running())));

        Assert.Empty(changes.Written);
        Assert.Empty(changes.Transitions);
    }

    [Fact]
    public void A_field_that_changes_without_the_status_is_written_and_not_reported()
    {
        var moved = Running() with { Process = "30%" };

        var changes = SnapshotDiff.Compute(SnapshotOf(Running()), At(Next, Complete(moved)));

        Assert.Equal(moved, Assert.Single(changes.Written).Job);
        Assert.Empty(changes.Transitions);
    }

    [Fact]
    public void A_status_counts_from_the_created_time_until_it_changes_then_from_the_cloud_time_of_the_change()
    {
        var first = SnapshotOf(Job("a", JobStatus.Pending, BeforeNoon));
        var second = SnapshotDiff.Compute(first, At(Next, Complete(Running()))).Next;
        var third = SnapshotDiff.Compute(
            second, At(Next + Interval, Complete(Running() with { Process = "30%" }))).Next;

        Assert.Equal(
            [BeforeNoon, Next, Next], new[] { first, second, third }.Select(state => state.Jobs["a"].StatusSince));
    }

    [Fact]
    public void An_ended_status_counts_from_the_ended_time()
    {
        var ended = Job("a", JobStatus.Completed, BeforeNoon, Noon.AddSeconds(10));

        var next = SnapshotDiff.Compute(SnapshotOf(Running()), At(Next, Complete(ended))).Next;

        Assert.Equal(Noon.AddSeconds(10), next.Jobs["a"].StatusSince);
    }

    [Fact]
    public void Transitions_are_in_the_order_in_which_they_happened()
    {
        var before = SnapshotOf(Running("a"), Running("b"), Running("c"));
        var observation = At(Next, Complete(
            Job("a", JobStatus.Completed, BeforeNoon, Noon.AddSeconds(20)),
            Job("b", JobStatus.Failed, BeforeNoon, Noon.AddSeconds(10)),
            Job("c", new JobStatus("Paused"), BeforeNoon),
            Job("e", JobStatus.Pending, Noon.AddSeconds(10)),
            Job("d", JobStatus.Pending, Noon.AddSeconds(5))));

        var changes = SnapshotDiff.Compute(before, observation);

        Assert.Equal(["d", "b", "e", "a", "c"], changes.Transitions.Select(step => step.Job.JobId));
    }
}
