using JobWatcher.Alerting;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Planning;
using JobWatcher.Polling.Targets;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Tests.Polling;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Alerting;

/// <summary>A watched target with all that alerts about it, over a store in memory.</summary>
internal sealed class AlertRig : IDisposable
{
    private AlertReporter? _reporter;

    public AlertRig(WatchedTarget? target = null)
    {
        Rig = new WatchRig(target ?? Firing.Target());
        Start();
    }

    public WatchRig Rig { get; }

    public AlertClock Clock { get; private set; } = null!;

    public AlertSamples Samples { get; private set; } = null!;

    public AlertReporter Reporter => _reporter!;

    /// <summary>The alerts of the store, as <c>JobFailed a completed</c>.</summary>
    public IEnumerable<string> Told => Rig.Store.Alerts.Select(alert => alert.Tell());

    /// <summary>What a scrape would show.</summary>
    public IReadOnlyList<Sample> Scrape()
    {
        Samples.Begin();
        return [.. Samples.Of(Rig.Watch)];
    }

    /// <summary>Another process over the same store; without a target it watches none.</summary>
    public void Restart(WatchedTarget? target, bool isWatched = true)
    {
        Rig.Restart(target);
        Start(isWatched);
    }

    public Task LookAsync() => Clock.LookAsync(WatchRig.Token);

    public async Task LookAfterAsync(TimeSpan time)
    {
        Rig.Time.Advance(time);
        await LookAsync();
    }

    /// <summary>A baseline, and then a poll that shows these jobs.</summary>
    public async Task PollAsync(params IReadOnlyList<ImmediateJob> jobs)
    {
        if (Rig.Store.Commits.Count == 0)
        {
            await Rig.BaselineAsync();
        }

        await Rig.PollNextAsync(jobs);
    }

    // Time passes with polls, so that the state stays known.
    public async Task PollUntilAsync(TimeSpan time, params IReadOnlyList<ImmediateJob> jobs)
    {
        Rig.Time.Advance(time - Interval);
        await Rig.PollNextAsync(jobs);
    }

    public static ImmediateJob Fails(string id) => Job(id, JobStatus.Failed, Noon, Noon.AddMinutes(1)) with { InstanceId = "i" };

    public void Dispose()
    {
        _reporter?.Dispose();
        Rig.Dispose();
    }

    private void Start(bool isWatched = true)
    {
        var watches = new TargetWatches();
        watches.Replace(isWatched ? [Rig.Watch] : []);
        Clock = new AlertClock(Rig.Store, watches, Rig.Board, Rig.Time);
        Samples = new AlertSamples(Rig.Board, Rig.Time);
        _reporter?.Dispose();
        _reporter = new AlertReporter(Rig.Store, Rig.Board, Rig.Log.Audit(), Rig.Time, Rig.Log.LoggerOf<AlertReporter>());
    }
}
