using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Restarts;

/// <summary>A restart counts nothing again and forgets nothing, however the service went down.</summary>
public sealed class RestartTests
{
    private const string Steps = "jobwatcher_job_transitions_total";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_counted_and_known_before_goes_on_and_what_happened_meanwhile_is_told_once(bool isGraceful)
    {
        await using var cloud = await Cloud.StartAsync();
        var before = new CloudJob().Running();
        await cloud.PutAsync(before);
        await using var watcher = await Watcher.StartAsync(cloud.Watched("prod"));
        await watcher.TellsAsync("TargetBaselined");
        var failing = new CloudJob();
        await LetAsync(cloud, watcher, failing, "JobAppeared");
        await LetAsync(cloud, watcher, failing.Running(), "JobStatusChanged");
        var counted = Counters(await watcher.ShowsAsync(scrape =>
        {
            Assert.Equal(2, scrape.Sum(Steps));
            Assert.Equal(0, scrape.Value("jobwatcher_unreported_transitions"));
        }));

        await EndAsync(watcher, isGraceful);
        // The list shows the newest job first, which is the one that ended last.
        var stopped = Moment.Now();
        var failed = failing.Failed("Single task exception.") with { EndedTime = CloudJob.Format(stopped) };
        var whileDown = failing.Completed() with
        {
            JobId = Guid.NewGuid().ToString(),
            CreatedTime = CloudJob.Format(stopped),
            EndedTime = CloudJob.Format(stopped.AddSeconds(2)),
        };
        await cloud.PutAsync(failed, whileDown);
        await Moment.IsPastAsync(stopped.AddSeconds(2));
        var restarted = Moment.Now();
        await watcher.StartAgainAsync();

        Assert.Equal(counted, Counters(await watcher.ScrapeAsync()));
        var failure = await watcher.TellsAsync("JobStatusChanged", ("JobId", failed.JobId));
        Assert.Equal(CloudJob.Parse(failed.EndedTime), failure.Time("EndedTime"));
        Assert.Equal(Seconds(failed), failure["DurationSeconds"].GetDouble());
        var missed = await watcher.TellsAsync("JobAppeared", ("JobId", whileDown.JobId));
        Assert.Equal(CloudJob.Parse(whileDown.EndedTime), missed.Time("EndedTime"));
        Assert.Equal(2, missed["DurationSeconds"].GetDouble());
        Assert.All([failure, missed], told => Assert.InRange(told.Time("ObservedTime")!.Value, restarted, Moment.Now()));
        Assert.Equal([failed.JobId, whileDown.JobId], Identities(watcher, "JobStatusChanged", "JobAppeared").Select(told => told.JobId));

        await AfterPollsAsync(watcher, 2);
        Assert.Single(watcher.EventsOf("JobStatusChanged"));
        Assert.Single(watcher.EventsOf("JobAppeared"));
        Assert.Empty(watcher.EventsOf("TargetBaselined"));
        var scrape = await watcher.ScrapeAsync();
        Assert.Equal(4, scrape.Sum(Steps));
        Assert.Equal(1, scrape.Value(Steps, ("from", "Running"), ("to", "Failed"), ("job_name", failed.JobName)));
        Assert.Equal(1, scrape.Sum("jobwatcher_job_failures_total"));
        Assert.Equal([before.JobId], scrape.ValuesOf("job_id", "jobwatcher_open_job_info"));
    }

    [Fact]
    public async Task A_crash_leaves_whole_lines_and_a_transition_told_again_keeps_its_identity()
    {
        await using var cloud = await Cloud.StartAsync();
        await using var watcher = await Watcher.StartAsync(cloud.Watched("prod"));
        await watcher.TellsAsync("TargetBaselined");
        var jobs = Enumerable.Range(0, 200).Select(_ => new CloudJob()).ToList();
        await cloud.PutAsync([.. jobs]);
        await watcher.TellsAsync("JobAppeared");

        await watcher.Program.KillAsync();
        var told = Identities(watcher, "JobAppeared");
        await watcher.StartAgainAsync();
        await watcher.ShowsAsync(scrape =>
        {
            Assert.Equal(200, scrape.Sum(Steps));
            Assert.Equal(0, scrape.Value("jobwatcher_unreported_transitions"));
        });

        var all = told.Concat(Identities(watcher, "JobAppeared")).ToList();
        Assert.Equal(jobs.Select(job => job.JobId).Order(StringComparer.Ordinal), all.Select(pair => pair.JobId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal(200, all.Distinct().Count());
    }

    private static async Task EndAsync(Watcher watcher, bool isGraceful)
    {
        if (isGraceful)
        {
            Assert.Equal(0, await watcher.Program.StopAsync());
        }
        else
        {
            await watcher.Program.KillAsync();
        }
    }

    private static async Task LetAsync(Cloud cloud, Watcher watcher, CloudJob job, string name)
    {
        await cloud.PutAsync(job);
        await watcher.TellsAsync(name, ("JobId", job.JobId), ("ToStatus", job.Status));
    }

    private static async Task AfterPollsAsync(Watcher watcher, int polls)
    {
        var before = (await watcher.ScrapeAsync()).Sum("jobwatcher_polls_total", ("outcome", "success"));
        await watcher.ShowsAsync(scrape =>
            Assert.InRange(scrape.Sum("jobwatcher_polls_total", ("outcome", "success")), before + polls, double.MaxValue));
    }

    private static Dictionary<string, double> Counters(Scrape scrape) => scrape.All
        .Where(series => series.Name is Steps or "jobwatcher_job_failures_total" or "jobwatcher_ended_jobs_total")
        .ToDictionary(series => series.Identity, series => series.Value, StringComparer.Ordinal);

    private static IReadOnlyList<(string? TransitionId, string? JobId)> Identities(Watcher watcher, params string[] names) =>
        [.. watcher.EventsOf(names).Select(logged => (logged.Text("TransitionId"), logged.Text("JobId")))];

    private static double Seconds(CloudJob job) =>
        (CloudJob.Parse(job.EndedTime!) - CloudJob.Parse(job.CreatedTime)).TotalSeconds;
}
