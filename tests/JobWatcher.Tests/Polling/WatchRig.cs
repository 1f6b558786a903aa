using System.Collections.Concurrent;
using JobWatcher.Alerting;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Planning;
using JobWatcher.Polling;
using JobWatcher.Polling.Budgets;
using JobWatcher.Polling.Clients;
using JobWatcher.Polling.Targets;
using JobWatcher.Reporting;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Storage;
using JobWatcher.Tests.Reporting;
using JobWatcher.Tests.Snapshots;

namespace JobWatcher.Tests.Polling;

/// <summary>A watched target with a scripted cloud, a store in memory and a clock that a test moves.</summary>
internal sealed class WatchRig : IDisposable
{
    private readonly DurationHistograms _histograms = new();

    public WatchRig(WatchedTarget? target = null, SettableTime? time = null)
    {
        Time = time ?? new SettableTime(Sight.Noon.AddMinutes(-1));
        Store = new MemoryStore(Journal);
        Client = new ScriptedClient(Journal);
        Target = target ?? TargetNamed("prod");
        Shares = new EntryShares(Budget, Time);
        Clock = new PollClock(Time);
        (Watch, Reporter) = Restarted();
    }

    public static EntryBudget Budget { get; } = new(new RequestRate(200, TimeSpan.FromMinutes(5)), MaxConcurrency: 32);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The calls of store and cloud, in order.</summary>
    public ConcurrentQueue<string> Journal { get; } = [];

    /// <summary>The watcher's own clock, a minute behind the cloud's.</summary>
    public SettableTime Time { get; }

    public MemoryStore Store { get; }

    public ScriptedClient Client { get; }

    public EntryShares Shares { get; }

    public PollClock Clock { get; }

    public StoreHealth Health { get; } = new();

    public CapturedLog Log { get; } = new();

    public AlertBoard Board { get; private set; } = new();

    public WatchedTarget Target { get; private set; }

    public TargetWatch Watch { get; private set; }

    public TransitionReporter Reporter { get; private set; }

    public static WatchedTarget TargetNamed(string name) => new()
    {
        Name = name,
        ProjectId = "619d3e78f61b4be68bc5aa0b59edcf7b",
        Region = "cn-north-4",
        Endpoint = new Uri("https://gaussdb.cn-north-4.myhuaweicloud.com"),
        Credentials = "default",
        Interval = Sight.Interval,
        PollTimeout = TimeSpan.FromMinutes(5),
        UnknownAfter = TimeSpan.FromMinutes(5),
        Labels = new Dictionary<string, string> { ["team"] = "payments" },
    };

    /// <summary>Another process over the same store, whose configuration may have changed.</summary>
    public void Restart(WatchedTarget? target = null)
    {
        Target = target ?? Target;
        Board = new AlertBoard();
        (Watch, Reporter) = Restarted();
    }

    /// <summary>Another watch of the same target over the same store, as another process has it.</summary>
    public TargetWatch Another(ScriptedClient client) => WatchOver(TargetClient.Of(Target.ProjectId, client), Target);

    /// <summary>A watch with a client of its own over the same store.</summary>
    public TargetWatch WatchOver(TargetClient client, WatchedTarget target, PollClock? clock = null) =>
        WatchOver(client, target, clock ?? new PollClock(Time), NewReporter());

    /// <summary>A watch of the same target under another credentials entry.</summary>
    public TargetWatch Sharing(EntryShare share) => new(
        Target, share, Clock, new ApiCalls(), TargetClient.Of(Target.ProjectId, Client), Store, Reports(NewReporter()), Time);

    public Task<PollOutcome> PollAsync() => Watch.PollAsync(Token);

    /// <summary>Polls once more after an interval; the cloud answers as before.</summary>
    public Task<PollOutcome> PollAgainAsync()
    {
        Time.Advance(Target.Interval);
        return PollAsync();
    }

    /// <summary>Polls a complete listing of these jobs, whose cloud time is a minute ahead of the watcher's clock.</summary>
    public Task<PollOutcome> PollNextAsync(params IReadOnlyList<ImmediateJob> jobs)
    {
        Time.Advance(Target.Interval);
        Client.Lists(Sight.Complete(jobs) with { CloudTime = Time.GetUtcNow().AddMinutes(1) });
        return PollAsync();
    }

    /// <summary>The first poll, at noon by the cloud's clock.</summary>
    public Task<PollOutcome> BaselineAsync(params IReadOnlyList<ImmediateJob> jobs)
    {
        Client.Lists(Sight.Complete(jobs));
        return PollAsync();
    }

    /// <summary>Polls that the cloud refuses, for so long; after a baseline.</summary>
    public async Task FailForAsync(TimeSpan duration)
    {
        if (Watch.State.LastOutcome is null)
        {
            await BaselineAsync();
        }

        Client.Fails();
        var end = Time.GetUtcNow() + duration;
        while (Time.GetUtcNow() < end)
        {
            await PollAgainAsync();
        }
    }

    public void Dispose()
    {
        _histograms.Dispose();
        Shares.Dispose();
    }

    private (TargetWatch Watch, TransitionReporter Reporter) Restarted()
    {
        var reporter = NewReporter();
        return (WatchOver(TargetClient.Of(Target.ProjectId, Client), Target, Clock, reporter), reporter);
    }

    private TargetWatch WatchOver(
        TargetClient client, WatchedTarget target, PollClock clock, TransitionReporter reporter) =>
        new(target, Shares.For(target.Credentials), clock, new ApiCalls(), client, Store, Reports(reporter), Time);

    private TransitionReporter NewReporter() => new(
        Store, new TransitionLogger(Log.Audit(), Time), Time, Log.LoggerOf<TransitionReporter>());

    private PollReports Reports(TransitionReporter reporter) =>
        new(_histograms, Health, reporter, Board, Time, Log.LoggerOf<TargetWatch>());
}
