using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Snapshots;

/// <summary>Which jobs rule D4 looks up.</summary>
public sealed class MissingJobsTests
{
    [Fact]
    public void An_open_job_is_looked_up_when_the_second_complete_listing_lacks_it()
    {
        var missedOnce = SnapshotDiff.Compute(SnapshotOf(Running()), At(Noon + Interval, Complete())).Next;

        Assert.Empty(MissingJobs.ToLookUp(SnapshotOf(Running()), Complete()));
        Assert.Equal(["a"], MissingJobs.ToLookUp(missedOnce, Complete()));
    }

    [Fact]
    public void A_listed_job_is_not_looked_up()
    {
        var missedOnce = SnapshotDiff.Compute(SnapshotOf(Running()), At(Noon + Interval, Complete())).Next;

        Assert.Empty(MissingJobs.ToLookUp(missedOnce, Complete(Running())));
    }

    [Fact]
    public void An_ended_job_is_not_looked_up()
    {
        var ended = SnapshotOf(Job("a", JobStatus.Completed, BeforeNoon, BeforeNoon));
        var missedOnce = SnapshotDiff.Compute(ended, At(Noon + Interval, Complete())).Next;

        Assert.Empty(MissingJobs.ToLookUp(missedOnce, Complete()));
    }

    [Fact]
    public void A_list_that_was_cut_short_makes_no_storm_of_requests()
    {
        var jobs = Enumerable.Range(0, 1000).Select(number => Running($"job-{number:0000}")).ToList();
        var missedOnce = SnapshotDiff.Compute(SnapshotOf(jobs), At(Noon + Interval, Complete())).Next;

        Assert.Equal(20, MissingJobs.ToLookUp(missedOnce, Complete()).Count);
    }
}
