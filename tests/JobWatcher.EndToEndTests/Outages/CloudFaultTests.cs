using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Outages;

/// <summary>Each way in which a cloud fails is counted, told once, and stays with its own target.</summary>
public sealed class CloudFaultTests(CloudFaultTests.FailingCloud failing) : IClassFixture<CloudFaultTests.FailingCloud>
{
    private const string Html = "<!DOCTYPE html><html><body><h1>Sorry</h1></body></html>";
    private const int PollsOfAnOutage = 3;

    // The watcher keeps to the limit that it is told: one that leaves room for polls every second.
    private const string Limit = "The throttling threshold has been reached: policy user over ratelimit,limit:20,time:1 second";

    private static readonly Dictionary<string, (CloudFault Fault, string Outcome, int? HttpStatus)> Faults =
        new(StringComparer.Ordinal)
        {
            ["unauthorized"] = (new CloudFault { Status = 401 }, "unauthorized", 401),
            ["forbidden"] = (new CloudFault { Status = 403 }, "forbidden", 403),
            ["not-found"] = (new CloudFault { Status = 404 }, "error", 404),
            ["throttled"] = (new CloudFault { Status = 429, ErrorMsg = Limit }, "throttled", 429),
            ["internal-error"] = (new CloudFault { Status = 500 }, "error", 500),
            ["unavailable"] = (new CloudFault { Status = 503 }, "error", 503),
            ["html"] = (new CloudFault { Body = Html, ContentType = "text/html" }, "error", 200),
            ["html-502"] = (new CloudFault { Status = 502, Body = Html, ContentType = "text/html" }, "error", 502),
            ["empty"] = (new CloudFault { Body = "" }, "error", 200),
            ["no-answer"] = (new CloudFault { NeverAnswers = true }, "timeout", null),
        };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_fault_is_counted_under_its_outcome_told_once_an_outage_and_harms_no_other_target(string target)
    {
        var (_, outcome, httpStatus) = Faults[target];
        var watcher = failing.Watcher;

        var scrape = await watcher.ShowsAsync(scrape => Assert.InRange(
            scrape.Value("jobwatcher_polls_total", ("target", target), ("outcome", outcome)), PollsOfAnOutage, int.MaxValue));
        Assert.Equal(0, scrape.Value("jobwatcher_target_up", ("target", target)));
        Assert.All(
            scrape.Find("jobwatcher_polls_total", ("target", target)).Where(series => series.Labels["outcome"] != outcome),
            series => Assert.Equal(series.Labels["outcome"] == "success", series.Value > 0));
        var failed = Assert.Single(Told(watcher, "PollFailed", target));
        Assert.Equal(outcome, failed.Text("Outcome"));
        Assert.Equal(httpStatus, failed.Number("HttpStatus"));

        await UpdatesHealthyAsync();
        await failing.MendAsync(target);

        await watcher.TellsAsync("PollRecovered", ("Target", target));
        await watcher.ShowsAsync(mended =>
        {
            Assert.Equal(1, mended.Value("jobwatcher_target_up", ("target", target)));
            Assert.InRange(Successes(mended, target), Successes(scrape, target) + 2, double.MaxValue);
        });
        Assert.Single(Told(watcher, "PollRecovered", target));
        Assert.Single(Told(watcher, "PollFailed", target));
    }

    private async Task UpdatesHealthyAsync()
    {
        var job = new CloudJob();
        await failing.Cloud.PutIntoAsync(Project("healthy"), job);
        await failing.Watcher.TellsAsync("JobAppeared", ("Target", "healthy"), ("JobId", job.JobId));
        var scrape = await failing.Watcher.ScrapeAsync();
        Assert.Equal(Successes(scrape, "healthy"), scrape.Sum("jobwatcher_polls_total", ("target", "healthy")));
    }

    private static IEnumerable<LogEvent> Told(Watcher watcher, string name, string target) =>
        watcher.EventsOf(name).Where(logged => logged.Text("Target") == target);

    private static double Successes(Scrape scrape, string target) =>
        scrape.Value("jobwatcher_polls_total", ("target", target), ("outcome", "success"));

    private static string Project(string target) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(target)))[..32];

    /// <summary>A cloud that fails each of its projects in another way, but for one that it serves well.</summary>
    public sealed class FailingCloud : IAsyncLifetime
    {
        private readonly Dictionary<string, int> _faults = new(StringComparer.Ordinal);
        private Cloud? _cloud;
        private Watcher? _watcher;

        internal Cloud Cloud => _cloud!;

        internal Watcher Watcher => _watcher!;

        public async ValueTask InitializeAsync()
        {
            string[] targets = [.. Faults.Keys, "healthy"];
            _cloud = await Cloud.StartAsync([.. targets.SelectMany(target => (string[])["--project", Project(target)])]);
            _watcher = await Watcher.StartAsync(new WatcherSettings
            {
                Targets = [.. targets.Select(target => new TargetSettings(target, Project(target), _cloud.Endpoint))],
                RequestTimeout = "4s",
            });
            foreach (var target in targets)
            {
                await _watcher.TellsAsync("TargetBaselined", ("Target", target));
            }

            foreach (var (target, (fault, _, _)) in Faults)
            {
                _faults[target] = await _cloud.FailAsync(fault.For(Project(target)));
            }
        }

        public async ValueTask DisposeAsync()
        {
            await (_watcher?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (_cloud?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        internal async Task MendAsync(string target) => await Cloud.MendAsync(_faults[target]);
    }
}
