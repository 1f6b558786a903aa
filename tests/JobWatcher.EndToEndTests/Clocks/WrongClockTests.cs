using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Clocks;

/// <summary>A machine whose clock is an hour off, or is set while the service runs, watches on.</summary>
public sealed class WrongClockTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_clock_set_by_an_hour_either_way_neither_stops_polls_nor_loses_nor_doubles_a_step()
    {
        await using var cloud = await Cloud.StartAsync();
        var (watcher, clock) = await StartAsync(cloud, TimeSpan.Zero);
        await using var _ = watcher;
        await watcher.TellsAsync("TargetBaselined");
        var before = new CloudJob();
        await StepAsync(cloud, watcher, clock, before, "JobAppeared");

        clock.Set(Hour);
        var jumpAhead = await watcher.TellsAsync("ClockJumped", ("Direction", "ahead"));
        var isAhead = await watcher.TellsAsync("ClockSkewed", ("Direction", "ahead of"));
        await StepAsync(cloud, watcher, clock, before.Running(), "JobStatusChanged");
        var during = new CloudJob();
        await StepAsync(cloud, watcher, clock, during, "JobAppeared");

        clock.Set(TimeSpan.Zero);
        var jumpBack = await watcher.TellsAsync("ClockJumped", ("Direction", "back"));
        await StepAsync(cloud, watcher, clock, before.Completed(), "JobStatusChanged");

        clock.Set(-Hour);
        var isBehind = await watcher.TellsAsync("ClockSkewed", ("Direction", "behind"));
        await StepAsync(cloud, watcher, clock, during.Failed("Single task exception."), "JobStatusChanged");
        var scrape = await AnswersOnAsync(watcher);
        await Eventually.SeesAsync(() =>
        {
            Assert.Equal(3, watcher.EventsOf("ClockJumped").Count);
            return Task.CompletedTask;
        });

        Assert.InRange(jumpAhead.Number("JumpSeconds")!.Value, 3590, 3610);
        Assert.InRange(jumpBack.Number("JumpSeconds")!.Value, -3610, -3590);
        Assert.InRange(isAhead.Number("SkewSeconds")!.Value, 3590, 3610);
        Assert.InRange(isBehind.Number("SkewSeconds")!.Value, -3610, -3590);
        Assert.Equal(cloud.Endpoint.GetLeftPart(UriPartial.Authority), isAhead.Text("Endpoint"));
        Assert.Equal(2, watcher.EventsOf("ClockSkewed").Count);
        Assert.All(await cloud.AnswersAsync(Cloud.Project), answer => Assert.Equal(200, answer.Status));
        AssertSteps(watcher, scrape, 5);
        Assert.Equal(0, await watcher.Program.StopAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_is_an_hour_off_from_the_start_costs_one_refusal(int hours)
    {
        await using var cloud = await Cloud.StartAsync();
        var (watcher, clock) = await StartAsync(cloud, hours * Hour);
        await using var _ = watcher;
        await watcher.TellsAsync("TargetBaselined");
        var job = new CloudJob();

        await StepAsync(cloud, watcher, clock, job, "JobAppeared");
        await StepAsync(cloud, watcher, clock, job.Failed("Single task exception."), "JobStatusChanged");
        var scrape = await AnswersOnAsync(watcher);

        var statuses = (await cloud.AnswersAsync(Cloud.Project)).Select(answer => answer.Status).ToList();
        Assert.Equal(401, statuses[0]);
        Assert.All(statuses.Skip(1), status => Assert.Equal(200, status));
        Assert.Equal(hours > 0 ? "ahead of" : "behind", Assert.Single(watcher.EventsOf("ClockSkewed")).Text("Direction"));
        Assert.Empty(watcher.EventsOf("ClockJumped"));
        AssertSteps(watcher, scrape, 2);
        Assert.Equal(0, await watcher.Program.StopAsync());
    }

    private static async Task<(Watcher Watcher, FakedClock Clock)> StartAsync(Cloud cloud, TimeSpan ahead)
    {
        var port = FreePort.Next();
        var folder = new TempFolder();
        folder.Write("jobwatcher.yaml", cloud.Watched("prod").ToYaml(port));
        var clock = await FakedClock.CreateAsync(folder, ahead);
        return (await Watcher.StartAsync(folder, port, clock.Environment), clock);
    }

    // ObservedTime is by the watcher's own clock, all else by the cloud's.
    private static async Task StepAsync(Cloud cloud, Watcher watcher, FakedClock clock, CloudJob job, string name)
    {
        var from = clock.Now;
        await cloud.PutAsync(job);

        var told = await watcher.TellsAsync(name, ("JobId", job.JobId), ("ToStatus", job.Status));

        Assert.InRange(told.Time("ObservedTime")!.Value, from, clock.Now);
        Assert.Equal(CloudJob.Parse(job.CreatedTime), told.Time("CreatedTime"));
        Assert.Equal(job.EndedTime is null ? null : CloudJob.Parse(job.EndedTime), told.Time("EndedTime"));
        await AssertLivesAsync(watcher);
    }

    // Several polls later.
    private static async Task<Scrape> AnswersOnAsync(Watcher watcher)
    {
        var polls = Polls(await watcher.ScrapeAsync());
        var scrape = await watcher.ShowsAsync(scrape => Assert.InRange(Polls(scrape), polls + 3, int.MaxValue));
        await AssertLivesAsync(watcher);
        return scrape;
    }

    private static double Polls(Scrape scrape) =>
        scrape.Value("jobwatcher_polls_total", ("target", "prod"), ("outcome", "success"));

    private static async Task AssertLivesAsync(Watcher watcher)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "livez");
        using var answer = await watcher.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static void AssertSteps(Watcher watcher, Scrape scrape, int steps)
    {
        var told = watcher.Events.Where(logged => logged.Keys.Contains("TransitionId", StringComparer.Ordinal)).ToList();
        Assert.Equal(steps, told.Count);
        Assert.Equal(steps, told.Select(logged => logged.Text("TransitionId")).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(steps, scrape.Sum("jobwatcher_job_transitions_total"));
        Assert.Equal(scrape.Sum("jobwatcher_polls_total"), Polls(scrape));
        Assert.Empty(watcher.EventsOf("PollFailed"));
        Assert.Equal(1, scrape.Value("jobwatcher_target_up", ("target", "prod")));
    }
}
