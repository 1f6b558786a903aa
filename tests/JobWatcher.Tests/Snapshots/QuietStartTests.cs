using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Snapshots;

/// <summary>Rule D1 of the protocol.</summary>
public sealed class QuietStartTests
{
    [Theory]
    [InlineData(-1, true, true)]
    [InlineData(-1, false, true)]
    [InlineData(0, true, true)]
    [InlineData(0, false, false)]
    [InlineData(1, true, false)]
    [InlineData(1, false, false)]
    public void An_ended_job_is_silent_by_its_ended_time(int secondsAfter, bool isFirstPoll, bool isSilent)
    {
        var job = Job("a", JobStatus.Completed, created: BeforeNoon, ended: Noon.AddSeconds(secondsAfter));

        var covers = QuietStart.Covers(job, Noon, isFirstPoll);

        Assert.Equal(isSilent, covers);
    }

    [Theory]
    [InlineData(-1, true, true)]
    [InlineData(-1, false, true)]
    [InlineData(0, true, true)]
    [InlineData(0, false, false)]
    [InlineData(1, true, false)]
    [InlineData(1, false, false)]
    public void An_open_job_is_silent_by_its_created_time(int secondsAfter, bool isFirstPoll, bool isSilent)
    {
        var job = Job("a", JobStatus.Running, created: Noon.AddSeconds(secondsAfter));

        var covers = QuietStart.Covers(job, Noon, isFirstPoll);

        Assert.Equal(isSilent, covers);
    }

    [Fact]
    public void An_open_job_that_tells_an_ended_time_goes_by_its_created_time()
    {
        var job = Job("a", JobStatus.Running, created: Noon.AddSeconds(1), ended: BeforeNoon);

        Assert.False(QuietStart.Covers(job, Noon, isFirstPoll: false));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public void An_ended_job_without_ended_time_goes_by_its_created_time(int secondsAfter, bool isSilent)
    {
        var job = Job("a", JobStatus.Failed, created: Noon.AddSeconds(secondsAfter));

        Assert.Equal(isSilent, QuietStart.Covers(job, Noon, isFirstPoll: false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_job_without_times_is_silent_in_the_first_poll_alone(bool isFirstPoll)
    {
        var job = Job("a", JobStatus.Running);

        Assert.Equal(isFirstPoll, QuietStart.Covers(job, Noon, isFirstPoll));
    }

    [Fact]
    public void A_start_within_a_second_counts_as_that_second()
    {
        var job = Job("a", JobStatus.Running, created: Noon);

        var covers = QuietStart.Covers(job, Noon.AddMilliseconds(400), isFirstPoll: false);

        Assert.False(covers, "The job may have been created at 12:00:00.7, which its time does not tell.");
    }
}
