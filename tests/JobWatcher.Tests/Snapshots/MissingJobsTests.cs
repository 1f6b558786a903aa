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

        Assert.Empty(MissingJobs.ToLookUp(SnapshotOf(Running()), At(Noon, Complete())));
        Assert.Equal(["a"], MissingJobs.ToLookUp(missedOnce, At(Noon, Complete())));
    }

    [Fact]
    public void A_listed_job_is_not_looked_up()
    {
        var missedOnce = SnapshotDiff.Compute(SnapshotOf(Running()), At(Noon + Interval, Complete())).Next;

        Assert.Empty(MissingJobs.ToLookUp(missedOnce, At(Noon, Complete(Running()))));
    }

    [Fact]
    public void An_ended_job_is_not_looked_up()
    {
        var ended = SnapshotOf(Job("a", JobStatus.Completed, BeforeNoon, BeforeNoon));
        var missedOnce = SnapshotDiff.Compute(ended, At(Noon + Interval, Complete())).Next;

        Assert.Empty(MissingJobs.ToLookUp(missedOnce, At(Noon, Complete())));
    }
}
