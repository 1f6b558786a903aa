using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Reporting;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Reporting;

public sealed class JobItemTests
{
    [Theory]
    [InlineData("Completed", 60.5, 60.5)]
    [InlineData("Failed", -60, 0.0)]
    [InlineData("Running", 60, null)]
    public void A_job_that_ended_took_its_time_and_never_less_than_none(string status, double endedAfter, double? took)
    {
        var job = Job("a", new JobStatus(status), Noon, Noon.AddSeconds(endedAfter));

        Assert.Equal(took, JobItem.Of("prod", job).DurationSeconds);
    }
}
