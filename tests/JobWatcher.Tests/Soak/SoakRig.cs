using System.Diagnostics;
using JobWatcher.Alerting;
using JobWatcher.Configuration.Credentials;
using JobWatcher.Hosting;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Planning;
using JobWatcher.Polling;
using JobWatcher.Polling.Budgets;
using JobWatcher.Polling.Scheduling;
using JobWatcher.Polling.Targets;
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

    // A request that a fault holds gets so long to arrive. Where it takes longer, nobody but that request loses time by it.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(20);

    // Others may wait for a turn behind one that waits for the clock. So long without an end is taken for that; where it is
    // something else, a request may time out that need not.
    private static readonly TimeSpan BehindOthers = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobwatcher-soak-");
    private readonly FakeTimeProvider _time;
    private readonly SleepClock _clock;
    private readonly SimulatorServer _cloud;
    private readonly IReadOnlyList<PlannedTarget> _plan;
    private readonly Climate _climate;
    private readonly Random _random = new(2);
    private readonly SortedDictionary<string, SoakTarget> _targets = new(StringComparer.Ordinal);
    private CancellationTokenSource _stopping = new();
    private WebApplication _app;

    private SoakRig(SimulatorServer cloud, FakeTimeProvider time, IReadOnlyList<string> projects, Climate climate)
    {
        (_cloud, _time, _clock, _climate) = (cloud, time, new SleepClock(time), climate);
        Weather = new FaultWeather(_cloud.Cloud.Faults, projects, climate, _random);
        StoreWeather = new StoreWeather(StorePath, climate, _random);
        Log = new SoakLog((target, job, from, to) => _targets[target].Tell(job, from, to));
        _plan = PlanOf(projects.Count);
        foreach (var target in _plan.Select(planned => planned.Target))
        {
            _targets.Add(target.Name, new SoakTarget(
                target, _cloud.Cloud.Project(target.ProjectId), Weather, StoreWeather, _clock,
                new Random(StartOffset.Of(target.Name, Minute).GetHashCode())));
        }

        _app = Build();
    }

    public SoakLog Log { get; }

    public string StorePath => Path.Combine(_folder.FullName, "jobwatcher.db");

    public IReadOnlyCollection<SoakTarget> Targets => [.. _targets.Values];

    public FaultWeather Weather { get; }

    public StoreWeather StoreWeather { get; }

    /// <summary>How often the watcher was started again over the same store.</summary>
    public int Restarts { get; private set; }

    /// <summary>How often the clock moved on, and how often by a guess that no poll was working.</summary>
    public (int All, int Guessed) ClockSteps { get; private set; }

    /// <summary>Starts the service, and takes in silently what the projects show already.</summary>
    public static async Task<SoakRig> StartAsync(int targets, Climate climate)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        var projects = Enumerable.Range(0, targets).Select(FleetRig.ProjectOf).ToList();
        var options = new SimulatorOptions
        {
            TimeProvider = time, Projects = [.. projects.Select(id => new ProjectOptions { Id = id })],
        };
        var rig = new SoakRig(await SimulatorServer.StartAsync(options, WatchRig.Token), time, projects, climate);
        await rig.StartAsync();
        foreach (var target in rig.Targets)
        {
            target.Begin();
        }

        await rig.PollAsync();
        // By what it shows all later steps are judged.
        Assert.All(rig.Targets, target => Assert.True(target.Watch!.State.HasAnswered));
        return rig;
    }

    /// <summary>Lets a minute go by in which jobs and faults come and go.</summary>
    public async Task LiveAsync()
    {
        Weather.Turn();
        StoreWeather.Turn();
        if (_random.NextDouble() < _climate.Restarts)
        {
            await RestartAsync();
        }

        foreach (var target in Targets)
        {
            target.Turn();
        }

        await PollAsync();
    }

    /// <summary>Lets minutes go by in which nothing happens, so that all is told that is to be told.</summary>
    public async Task RestAsync(int minutes)
    {
        Weather.Clear();
        StoreWeather.Clear();
        for (var minute = 0; minute < minutes; minute++)
        {
            await PollAsync();
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
        await StopAsync();
        _stopping.Dispose();
        await _cloud.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.AddWebServer(new Uri("http://127.0.0.1:0"));
        builder.Services
            .AddLogging()
            .AddSingleton<TimeProvider>(_clock)
            .AddStorage(StorePath, webhooks: [])
            .AddReporting(new MetricsOptions(PerJob: true, 500, 20_000, KnownJobNamesAtZero: true), Log.Audit())
            .AddPolling([], new EntryBudget(new RequestRate(1_000_000, Minute), MaxConcurrency: 32))
            .AddAlerting()
            .AddRetention(new RetentionOptions())
            .AddWatching();
        return builder.Build().MapEndpoints();
    }

    private async Task StartAsync()
    {
        await _app.StartAsync(WatchRig.Token);
        // As without receivers: what has ended and was shown is needed by nobody.
        _app.Services.GetRequiredService<AlertBoard>().Hold(_ => []);
        var watches = ActivatorUtilities.CreateInstance<TargetWatchFactory>(_app.Services, _plan).CreateAll();
        foreach (var watch in watches)
        {
            await watch.TakeOverAsync(WatchRig.Token);
            _targets[watch.Target.Name].Watch = watch;
        }

        _app.Services.GetRequiredService<TargetWatches>().Replace(watches);
    }

    private async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(Targets.Select(target => target.PolledAsync()));
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    // In the middle of polls, which may all wait for the clock. A watcher does not start without its store.
    private async Task RestartAsync()
    {
        StoreWeather.Clear();
        BeginPolls();
        var stalled = IsWaitingForTheClockAsync();
        await Task.WhenAny([.. Targets.Select(target => target.PolledAsync()), stalled]);
        await StopAsync();
        await stalled;
        _stopping.Dispose();
        (_stopping, _app) = (new CancellationTokenSource(), Build());
        await StartAsync();
        Restarts++;
    }

    private void BeginPolls()
    {
        foreach (var target in Targets)
        {
            target.Poll(_stopping.Token);
        }
    }

    private async Task PollAsync()
    {
        BeginPolls();
        var next = _time.GetUtcNow() + Minute;
        while (await IsWaitingForTheClockAsync() is (true, var isGuess) && _time.GetUtcNow() < next)
        {
            ClockSteps = (ClockSteps.All + 1, ClockSteps.Guessed + (isGuess ? 1 : 0));
            _time.Advance(Step);
        }

        if (next > _time.GetUtcNow())
        {
            _time.Advance(next - _time.GetUtcNow());
        }
    }

    private async Task<(bool IsWaiting, bool IsGuess)> IsWaitingForTheClockAsync()
    {
        var since = Stopwatch.GetTimestamp();
        var running = Targets.Where(target => target.IsPolling).ToList();
        while (running.Count > 0)
        {
            var stalled = Stopwatch.GetElapsedTime(since);
            var waiting = running.Count(target => target.IsAsleep || (target.MayBeHeld && stalled >= OnItsWay));
            var isGuess = waiting < running.Count;
            if (!isGuess || (waiting > 0 && stalled >= BehindOthers))
            {
                return (true, isGuess);
            }

            Assert.True(
                stalled < LongestPoll,
                $"Polls hang that do not wait for the clock: {string.Join(", ", running.Select(target => target.Name))}.");
            await Task.WhenAny(Task.WhenAll(running.Select(target => target.PolledAsync())), Task.Delay(1));
            since = running.RemoveAll(target => !target.IsPolling) == 0 ? since : Stopwatch.GetTimestamp();
        }

        return (false, false);
    }

    private List<PlannedTarget> PlanOf(int targets)
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
