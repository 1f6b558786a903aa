using JobWatcher.Simulator.Jobs;
using JobWatcher.Simulator.Scenarios;

namespace JobWatcher.Simulator.Tests.Scenarios;

public sealed class StaticJobsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void There_are_as_many_jobs_as_asked_for_each_with_its_own_id(int count)
    {
        var jobs = StaticJobs.Create(1, count, TestCloud.Start);

        Assert.Equal(count, jobs.Select(job => job.JobId).Distinct().Count());
        Assert.All(jobs, job => Assert.InRange(job.Created!.Value, TestCloud.Start.AddDays(-30), TestCloud.Start));
    }

    [Fact]
    public void They_are_the_same_for_the_same_seed_and_of_all_names()
    {
        var jobs = StaticJobs.Create(1, 1000, TestCloud.Start);

        Assert.Equal(jobs, StaticJobs.Create(1, 1000, TestCloud.Start));
        Assert.NotEqual(jobs, StaticJobs.Create(2, 1000, TestCloud.Start));
        Assert.Empty(JobNames.All.Except(jobs.Select(job => job.JobName)));
        Assert.Equal(10, jobs.Count(job => job.Ended is null));
    }
}
