using JobWatcher.Alerting;
using JobWatcher.Configuration;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Polling;
using JobWatcher.Reporting;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Simulator;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Storage;
using JobWatcher.Tests.Polling;
using JobWatcher.Tests.Polling.Fleet;
using JobWatcher.Tests.Web;
using JobWatcher.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.Tests.Soak;

/// <summary>
/// The real stations over a real store in a folder, real sockets and a simulated cloud, all on one clock that goes as fast as
/// the polls allow. Only the schedule is the rig's own: every minute each target that is idle is polled.
/// </summary>
internal sealed class SoakRig : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    // Polls that do not end for so long wait for the clock. A wrong guess only lets a request time out.
    private static readonly TimeSpan Stalled = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SurelyStalled = TimeSpan.FromSeconds(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobwatcher-soak-");
    private readonly FakeTimeProvider _time;
    private readonly SimulatorServer _cloud;
    private readonly WebApplication _app;
    private readonly FaultWeather _weather;
    private IReadOnlyDictionary<string, SoakTarget> _targets = new Dictionary<string, SoakTarget>(StringComparer.Ordinal);

    private SoakRig(SimulatorServer cloud, FakeTimeProvider time, IReadOnlyList<string> projects)
    {
        (_cloud, _time) = (cloud, time);
        _weather = new FaultWeather(_cloud.Cloud.Faults, projects, new Random(1));
        Log = new SoakLog((target, job, from, to) => _targets[target].Tell(job, from, to));

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.AddWebServer(new Uri("http://127.0.0.1:0"));
        builder.Services
            .AddLogging()
            .AddSingleton<TimeProvider>(_time)
            .AddStorage(StorePath, webhooks: [])
            .AddReporting(new MetricsOptions(PerJob: true, 500, 20_000, KnownJobNamesAtZero: true), Log.Audit())
            .AddPolling([], new EntryBudget(new RequestRate(1_000_000, Minute), MaxConcurrency: 32))
            .AddAlerting()
            .AddRetention(new RetentionOptions());
        _app = builder.Build().MapEndpoints();
    }

    public SoakLog Log { get; }

    public string StorePath => Path.Combine(_folder.FullName, "jobwatcher.db");

    public IReadOnlyCollection<SoakTarget> Targets => [.. _targets.Values];

    public IReadOnlyDictionary<Simulator.Faults.Fault, int> FaultsSeen => _weather.Seen;

    /// <summary>Starts the service, and takes in silently what the projects show already.</summary>
    public static async Task<SoakRig> StartAsync(int targets)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        var projects = Enumerable.Range(0, targets).Select(FleetRig.ProjectOf).ToList();
        var options = new SimulatorOptions
        {
            TimeProvider = time, Projects = [.. projects.Select(id => new ProjectOptions { Id = id })],
        };
        var rig = new SoakRig(await SimulatorServer.StartAsync(options, WatchRig.Token), time, projects);
        await rig._app.StartAsync(WatchRig.Token);
        // As without receivers: what has ended and was shown is needed by nobody.
        rig._app.Services.GetRequiredService<AlertBoard>().Hold(_ => []);
        var watches = ActivatorUtilities.CreateInstance<TargetWatchFactory>(rig._app.Services, rig.PlanOf(targets)).CreateAll();
        foreach (var watch in watches)
        {
            await watch.TakeOverAsync(WatchRig.Token);
        }

        rig._app.Services.GetRequiredService<TargetWatches>().Replace(watches);
        rig._targets = watches.ToDictionary(
            watch => watch.Target.Name,
            watch => new SoakTarget(
                watch, rig._cloud.Cloud.Project(watch.Target.ProjectId), rig._time, new Random(StartOffset.Of(watch.Target.Name, Minute).GetHashCode())),
            StringComparer.Ordinal);
        foreach (var target in rig.Targets)
        {
            target.Begin();
        }

        await rig.PollAsync(SurelyStalled);
        return rig;
    }

    /// <summary>Lets a minute go by in which jobs and faults come and go.</summary>
    public async Task LiveAsync()
    {
        _weather.Turn();
        foreach (var target in Targets)
        {
            target.Turn();
        }

        await PollAsync(Stalled);
    }

    /// <summary>Lets minutes go by in which nothing happens, so that all is told that is to be told.</summary>
    public async Task RestAsync(int minutes)
    {
        _weather.Clear();
        for (var minute = 0; minute < minutes; minute++)
        {
            await PollAsync(SurelyStalled);
        }

        foreach (var target in Targets)
        {
            await target.PolledAsync();
        }

        var reporter = _app.Services.GetRequiredService<TransitionReporter>();
        await Eventually.Holds(() => Targets.All(target => reporter.Unreported(target.Name) == 0));
    }

    /// <summary>Scrapes once, and keeps nothing of the answer, whose megabytes would be taken for the watcher's.</summary>
    public async Task PassScrapeAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        using var answer = await http.GetAsync(
            new Uri("/metrics", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, WatchRig.Token);
        answer.EnsureSuccessStatusCode();
        await answer.Content.CopyToAsync(Stream.Null, WatchRig.Token);
    }

    /// <summary>Scrapes once.</summary>
    public async Task<Exposition> ScrapeAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        return Exposition.Parse(await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), WatchRig.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await _cloud.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task PollAsync(TimeSpan patience)
    {
        foreach (var target in Targets)
        {
            target.Poll();
        }

        var next = _time.GetUtcNow() + Minute;
        while (await IsWaitingForTheClockAsync(patience) && _time.GetUtcNow() < next)
        {
            _time.Advance(Step);
        }

        if (next > _time.GetUtcNow())
        {
            _time.Advance(next - _time.GetUtcNow());
        }
    }

    private async Task<bool> IsWaitingForTheClockAsync(TimeSpan patience)
    {
        var running = Targets.Where(target => target.IsPolling).ToList();
        while (running.Count > 0)
        {
            var before = running.Count;
            await Task.WhenAny(Task.WhenAll(running.Select(target => target.PolledAsync())), Task.Delay(patience));
            running.RemoveAll(target => !target.IsPolling);
            if (running.Count == before)
            {
                return true;
            }
        }

        return false;
    }

    private IReadOnlyList<PlannedTarget> PlanOf(int targets)
    {
        var account = SimulatedAccount.Example;
        var credentials = new AccessKeyConfiguration(
            new SecretConfiguration(account.AccessKey!), new SecretConfiguration(account.SecretKey!), SecurityToken: null);
        return
        [
            .. Enumerable.Range(0, targets).Select(number => new PlannedTarget
            {
                Target = WatchRig.TargetNamed($"target-{number:00}") with
                {
                    ProjectId = FleetRig.ProjectOf(number), Endpoint = _cloud.BaseAddress, Interval = Minute,
                    // Often enough that the rest at the end holds two: only those let jobs leave memory (rule D2).
                    FullListingEvery = 3 * Minute,
                },
                Credentials = credentials,
            }),
        ];
    }
}
