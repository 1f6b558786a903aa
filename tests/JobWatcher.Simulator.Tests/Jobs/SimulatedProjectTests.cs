using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Tests.Jobs;

public sealed class SimulatedProjectTests
{
    [Fact]
    public async Task Each_status_served_is_remembered_once_with_its_time()
    {
        await using var cloud = await TestCloud.StartAsync();
        var job = SimulatedJob.Pending("RebootGaussDBforMySQLInstance", TestCloud.Start, "a");

        cloud.Project.Put(job);
        await cloud.ListAsync();
        cloud.Clock.Advance(TimeSpan.FromSeconds(10));
        await cloud.ListAsync();
        cloud.Project.Update("a", found => found.Running("30%"));
        await cloud.ListAsync();
        cloud.Project.Update("a", found => found.Running("60%"));
        await cloud.ListAsync();

        Assert.Equal(
            [new("Pending", TestCloud.Start), new ServedStatus("Running", TestCloud.Start.AddSeconds(10))],
            cloud.Project.ServedStatuses["a"]);
    }

    [Fact]
    public async Task What_no_page_showed_was_not_served()
    {
        await using var cloud = await TestCloud.StartAsync();
        cloud.Project.PutAll(Enumerable.Range(0, 11).Select(number =>
            SimulatedJob.Pending("RebootGaussDBforMySQLInstance", TestCloud.Start.AddSeconds(number), $"{number}")));

        await cloud.ListAsync("?limit=10");

        Assert.False(cloud.Project.ServedStatuses.ContainsKey("0"));
        Assert.Equal(10, cloud.Project.ServedStatuses.Count);
    }

    [Fact]
    public async Task History_can_be_forgotten_while_the_jobs_stay()
    {
        await using var cloud = await TestCloud.StartAsync();
        cloud.Project.Put(SimulatedJob.Pending("RebootGaussDBforMySQLInstance", TestCloud.Start, "a"));
        await cloud.ListAsync();

        cloud.Project.ForgetHistory();

        Assert.Empty(cloud.Project.ServedStatuses);
        Assert.Equal(["a"], (await cloud.ListAsync()).Ids);
        Assert.Equal(["a"], cloud.Project.ServedStatuses.Keys);
    }

    [Fact]
    public async Task Putting_a_job_again_replaces_it_in_every_listing()
    {
        await using var cloud = await TestCloud.StartAsync();
        var job = SimulatedJob.Pending("RebootGaussDBforMySQLInstance", TestCloud.Start, "a");
        cloud.Project.Put(job);
        cloud.Project.Put(job.Failed(TestCloud.Start.AddMinutes(1)));

        var all = await cloud.ListAsync();
        var pending = await cloud.ListAsync("?status=Pending");
        var failed = await cloud.ListAsync("?status=Failed");

        Assert.Equal(["a"], all.Ids);
        Assert.Empty(pending.Ids);
        Assert.Equal(["a"], failed.Ids);
    }

    [Fact]
    public async Task A_removed_job_is_in_no_listing()
    {
        await using var cloud = await TestCloud.StartAsync();
        cloud.Project.Put(SimulatedJob.Pending("RebootGaussDBforMySQLInstance", TestCloud.Start, "a"));

        var removed = cloud.Project.Remove("a");
        var removedAgain = cloud.Project.Remove("a");

        Assert.True(removed);
        Assert.False(removedAgain);
        Assert.Empty((await cloud.ListAsync()).Ids);
        Assert.Empty(cloud.Project.Jobs);
    }
}
