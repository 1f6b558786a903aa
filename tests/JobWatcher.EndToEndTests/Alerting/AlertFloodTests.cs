using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>A region goes down: all its jobs fail at once, and people are told of each while polls go on.</summary>
public sealed class AlertFloodTests
{
    private const int Targets = 20;
    private const int JobsEach = 500;
    private const string Polls = "jobwatcher_polls_total";

    // Twice what it takes; each further copy of the alerts that somebody keeps is tens of megabytes.
    private const double MostBytes = 600e6;

    private static readonly (string, string) Success = ("outcome", "success");
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Ten_thousand_alerts_at_once_are_all_delivered_within_bounds_of_memory_while_polls_go_on()
    {
        var running = Enumerable.Range(0, Targets).ToDictionary(
            target => $"{target:x32}",
            _ => (IReadOnlyList<CloudJob>)[.. Enumerable.Range(0, JobsEach).Select(_ => new CloudJob().Running())],
            StringComparer.Ordinal);
        string[] jobs = [.. running.Values.SelectMany(target => target).Select(job => job.JobId).Order(StringComparer.Ordinal)];
        await using var cloud = await Cloud.StartAsync([.. running.Keys.SelectMany(project => (string[])["--project", project])]);
        await using var sink = await AlertSink.StartAsync();
        await using var webhook = await RecordingWebhook.StartHoldingAsync(jobs.Length / 2);
        await PutAsync(cloud, running, job => job);
        await using var watcher = await Watcher.StartAsync(Watching(running.Keys, cloud, sink, webhook));
        await SeesAsync(() => Assert.Equal(Targets, watcher.EventsOf("TargetBaselined").Count));
        // A counter moves once a scrape has carried it (rule R2).
        await ScrapeAsync(watcher);

        await PutAsync(cloud, running, job => job.Failed("The region is down."));
        await SeesAsync(() => Assert.InRange(webhook.TakenCount, jobs.Length / 2, int.MaxValue));
        var midway = await ScrapeAsync(watcher);
        await Eventually.SeesAsync(async () => AssertPolledTwice(midway, await watcher.ScrapeAsync()), Patience, pause: Interval);
        Assert.Equal(jobs.Length / 2, webhook.TakenCount);
        webhook.Release();
        await SeesAsync(() => Assert.InRange(sink.Jobs.Count, jobs.Length, int.MaxValue));
        await SeesAsync(() => Assert.InRange(webhook.TakenCount, jobs.Length, int.MaxValue));

        var after = await ScrapeAsync(watcher);
        Assert.Equal(jobs, sink.Jobs.Order(StringComparer.Ordinal));
        Assert.Equal(jobs, webhook.Taken.Select(call => call.Job).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.InRange(after.Value("dotnet_process_memory_working_set_bytes"), 1, MostBytes);
        Assert.Equal(after.Sum(Polls, Success), after.Sum(Polls));
    }

    // One that takes too long, as it may with so many jobs on a busy machine, is cut off; the next one is as good.
    private static Task<Scrape> ScrapeAsync(Watcher watcher) => watcher.ShowsAsync(_ => { });

    private static void AssertPolledTwice(Scrape before, Scrape after) => Assert.All(
        before.Find(Polls, Success),
        polls => Assert.InRange(after.Value(Polls, Success, ("target", polls.Labels["target"])), polls.Value + 2, double.MaxValue));

    private static WatcherSettings Watching(IEnumerable<string> projects, Cloud cloud, AlertSink sink, RecordingWebhook webhook) => new()
    {
        Targets =
        [
            .. projects.Select((project, at) =>
                new TargetSettings($"target-{at}", project, cloud.Endpoint) { Interval = $"{Interval.TotalSeconds}s" }),
        ],
        More =
            $$"""
            alerting:
              receivers:
                - { name: am, alertmanager: { urls: ["{{sink.Address}}"], resendEvery: 5s } }
                - { name: hook, webhook: { url: "{{webhook.Address}}", secret: {{RecordingWebhook.Secret}} } }
            """,
    };

    private static Task SeesAsync(Action look) => Eventually.SeesAsync(
        () =>
        {
            look();
            return Task.CompletedTask;
        },
        Patience);

    private static async Task PutAsync(
        Cloud cloud, IReadOnlyDictionary<string, IReadOnlyList<CloudJob>> jobs, Func<CloudJob, CloudJob> change)
    {
        foreach (var (project, of) in jobs)
        {
            await cloud.PutIntoAsync(project, [.. of.Select(change)]);
        }
    }
}
