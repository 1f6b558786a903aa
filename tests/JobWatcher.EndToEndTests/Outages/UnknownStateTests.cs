using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Outages;

/// <summary>What cannot be seen for long is unknown, and unknown is never shown as a flat line.</summary>
public sealed class UnknownStateTests
{
    [Fact]
    public async Task A_long_outage_withdraws_the_jobs_and_is_told_at_its_beginning_and_its_end()
    {
        await using var cloud = await Cloud.StartAsync();
        await cloud.PutAsync(new CloudJob().Running());
        await using var watcher = await Watcher.StartAsync(cloud.Watched("prod") with { UnknownAfter = "3s" });
        await watcher.ShowsAsync(scrape => Assert.Equal(1, scrape.Sum("jobwatcher_jobs")));

        var fault = await cloud.FailAsync(new CloudFault { Status = 503 });

        var unreachable = await watcher.TellsAsync("TargetUnreachable");
        Assert.Equal("Error", unreachable.Text("@l"));
        Assert.Equal("prod", unreachable.Text("Target"));
        Assert.Equal(503, unreachable["HttpStatus"].GetInt32());
        Assert.NotNull(unreachable.Text("RequestId"));
        await watcher.ShowsAsync(scrape =>
        {
            Assert.Empty(scrape.Find("jobwatcher_jobs"));
            Assert.Empty(scrape.Find("jobwatcher_open_job_info"));
            Assert.Equal(0, scrape.Value("jobwatcher_target_up"));
            Assert.NotEmpty(scrape.Find("jobwatcher_job_failures_total"));
        });

        await cloud.MendAsync(fault);

        await watcher.TellsAsync("TargetRecovered", ("Target", "prod"));
        await watcher.ShowsAsync(scrape =>
        {
            Assert.Equal(1, scrape.Sum("jobwatcher_jobs"));
            Assert.Equal(1, scrape.Value("jobwatcher_target_up"));
        });
        Assert.Single(watcher.EventsOf("PollFailed"));
        Assert.Single(watcher.EventsOf("TargetUnreachable"));
        Assert.Single(watcher.EventsOf("TargetRecovered"));
        Assert.Empty(watcher.EventsOf("PollRecovered"));
    }

    [Fact]
    public async Task What_happens_during_an_outage_is_told_after_it_in_the_order_in_which_it_happened_with_both_times()
    {
        await using var cloud = await Cloud.StartAsync();
        var known = new CloudJob().Running();
        await cloud.PutAsync(known);
        await using var watcher = await Watcher.StartAsync(cloud.Watched("prod") with { UnknownAfter = "3s" });
        await watcher.TellsAsync("TargetBaselined");

        var began = Moment.Now().AddSeconds(1);
        var fault = await cloud.FailAsync(new CloudFault { Status = 503 });
        await watcher.TellsAsync("TargetUnreachable");
        var first = At(new CloudJob().Failed("Single task exception."), began, began);
        var second = known.Completed() with { EndedTime = CloudJob.Format(began.AddSeconds(1)) };
        var third = At(new CloudJob().Completed(), began, began.AddSeconds(2));
        await cloud.PutAsync(third);
        await cloud.PutAsync(first);
        await cloud.PutAsync(second);
        await Moment.IsPastAsync(began.AddSeconds(3));
        Assert.Empty(watcher.EventsOf("JobAppeared", "JobStatusChanged"));
        var mended = Moment.Now();
        await cloud.MendAsync(fault);

        await watcher.TellsAsync("JobAppeared", ("JobId", third.JobId));
        var told = watcher.EventsOf("JobAppeared", "JobStatusChanged");
        Assert.Equal(
            new[] { first, second, third }.Select(job => (job.JobId, job.Status, CloudJob.Parse(job.CreatedTime), CloudJob.Parse(job.EndedTime!))),
            told.Select(step => (step.Text("JobId")!, step.Text("ToStatus")!, step.Time("CreatedTime")!.Value, step.Time("EndedTime")!.Value)));
        Assert.All(told, step => Assert.InRange(step.Time("ObservedTime")!.Value, mended, Moment.Now()));
        await watcher.ShowsAsync(scrape => Assert.Equal(3, scrape.Sum("jobwatcher_job_transitions_total")));
    }

    [Fact]
    public async Task An_endpoint_where_nobody_listens_becomes_unknown_while_another_target_is_watched()
    {
        await using var cloud = await Cloud.StartAsync();
        var settings = cloud.Watched("prod");
        await using var watcher = await Watcher.StartAsync(settings with
        {
            Targets = [.. settings.Targets, new TargetSettings("dead", Cloud.Project, new Uri($"http://127.0.0.1:{FreePort.Next()}"))],
            UnknownAfter = "2s",
        });

        var unreachable = await watcher.TellsAsync("TargetUnreachable", ("Target", "dead"));

        Assert.Equal("error", unreachable.Text("Outcome"));
        var scrape = await watcher.ShowsAsync(scrape =>
            Assert.InRange(scrape.Value("jobwatcher_polls_total", ("target", "prod"), ("outcome", "success")), 2, int.MaxValue));
        Assert.InRange(scrape.Value("jobwatcher_api_requests_total", ("target", "dead"), ("code", "none")), 2, int.MaxValue);
        Assert.Equal(0, scrape.Value("jobwatcher_target_up", ("target", "dead")));
        Assert.Equal(1, scrape.Value("jobwatcher_target_up", ("target", "prod")));
        Assert.Single(watcher.EventsOf("TargetUnreachable"));
        Assert.Empty(watcher.EventsOf("TargetRecovered"));
        Assert.Empty(watcher.EventsOf("PollRecovered"));
    }

    private static CloudJob At(CloudJob job, DateTimeOffset created, DateTimeOffset ended) =>
        job with { CreatedTime = CloudJob.Format(created), EndedTime = CloudJob.Format(ended) };
}
