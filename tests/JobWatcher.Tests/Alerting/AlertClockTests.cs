using JobWatcher.Alerting;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Clients;
using JobWatcher.Polling.Targets;
using JobWatcher.Storage;
using JobWatcher.Tests.Polling;
using static JobWatcher.Tests.Alerting.AlertRig;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Alerting;

/// <summary>Alerts poll by poll and between polls.</summary>
public sealed class AlertClockTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly AlertRig _alerts = new();

    private WatchRig Rig => _alerts.Rig;

    [Fact]
    public async Task A2_A_transition_starts_its_alert_in_the_commit_of_its_poll()
    {
        await _alerts.PollAsync(Fails("a"));

        var commit = Rig.Store.Commits[^1];
        Assert.Equal(["a: None -> Failed"], commit.Transitions.Select(step => $"{step.Job.JobId}: {step.From} -> {step.To}"));
        Assert.Equal(["JobFailed a"], _alerts.Told);
        Assert.Equal(["JobFailed a"], Rig.Board.All.Select(alert => alert.Tell()));
    }

    [Fact]
    public async Task A1_A_job_that_fails_again_under_the_same_date_starts_another_alert()
    {
        await Rig.BaselineAsync();
        foreach (var status in new[] { JobStatus.Failed, JobStatus.Completed, JobStatus.Failed })
        {
            Rig.Client.Lists(Complete(Fails("a") with { Status = status }));
            await Rig.PollAgainAsync();
        }

        Assert.Equal(["JobFailed a statusChanged", "JobFailed a"], _alerts.Told);
        Assert.Distinct(Rig.Store.Alerts.Select(alert => alert.Id));
    }

    [Fact]
    public async Task A_baseline_fires_nothing_but_JobStuck()
    {
        await Rig.BaselineAsync(Fails("a") with { EndedTime = BeforeNoon }, Job("s", JobStatus.Running, Noon.AddDays(-1)));
        await _alerts.LookAsync();

        Assert.Equal(["JobStuck s"], _alerts.Told);
    }

    [Fact]
    public async Task C3_A_poll_ends_alerts_that_another_process_started()
    {
        await _alerts.PollAsync(Fails("a"));
        _alerts.Restart(target: null);

        await Rig.PollNextAsync(Fails("a"), Fails("b") with { Status = JobStatus.Completed, CreatedTime = Noon.AddSeconds(1) });

        Assert.Equal(["JobFailed a completed"], _alerts.Told);
    }

    [Fact]
    public async Task A4_A_job_gets_stuck_between_polls_by_time_alone()
    {
        await _alerts.PollAsync(Job("s", JobStatus.Running, Noon));
        // The cloud's clock is a minute ahead of the watcher's.
        await _alerts.LookAsync();
        await _alerts.PollUntilAsync(TimeSpan.FromHours(2) - (3 * Interval), Job("s", JobStatus.Running, Noon));
        await _alerts.LookAsync();
        Assert.Empty(_alerts.Told);

        await _alerts.LookAfterAsync(3 * Interval);

        Assert.Equal(["JobStuck s"], _alerts.Told);
    }

    [Fact]
    public async Task A4_A_clock_that_is_set_ahead_fires_nothing()
    {
        await _alerts.PollAsync(Job("s", JobStatus.Running, Noon));

        Rig.Time.Set(TimeSpan.FromHours(5));
        await _alerts.LookAsync();

        Assert.Empty(_alerts.Told);
    }

    [Fact]
    public async Task A_look_with_nothing_due_writes_nothing()
    {
        await _alerts.PollAsync(Job("s", JobStatus.Running, Noon));
        await _alerts.LookAsync();
        Rig.Journal.Clear();

        await _alerts.LookAfterAsync(Second);

        Assert.Empty(Rig.Journal);
    }

    [Fact]
    public async Task A_look_after_one_alert_ended_and_another_started_writes_nothing()
    {
        var job = Job("s", JobStatus.Running, Noon.AddHours(22));
        await _alerts.PollAsync(Fails("a"), job);
        await _alerts.PollUntilAsync(TimeSpan.FromHours(24), Fails("a"), job);
        await _alerts.LookAsync();
        Assert.Equal(["JobFailed a expired", "JobStuck s"], _alerts.Told);
        Rig.Journal.Clear();

        await _alerts.LookAfterAsync(Second);

        Assert.Empty(Rig.Journal);
    }

    [Fact]
    public async Task A_target_whose_state_is_unknown_fires_until_a_poll_is_answered()
    {
        await _alerts.PollAsync();
        await _alerts.LookAsync();

        await _alerts.LookAfterAsync(TimeSpan.FromMinutes(5));
        await _alerts.LookAfterAsync(Second);
        Assert.Equal(["TargetUnreachable"], _alerts.Told);
        await Rig.PollAgainAsync();

        Assert.Equal(["TargetUnreachable  recovered"], _alerts.Told);
    }

    [Fact]
    public async Task A_target_that_is_moved_to_a_region_whose_project_nobody_tells_fires_too()
    {
        await _alerts.PollAsync();
        var moved = Rig.WatchOver(
            new TargetClient(projectId: null, _ => Task.FromResult(""), _ => Rig.Client),
            Rig.Target with { ProjectId = "", Region = "cn-east-3" });
        moved.GoOnFrom(Rig.Watch);
        var watches = new TargetWatches();
        watches.Replace([moved]);
        var clock = new AlertClock(Rig.Store, watches, Rig.Board, Rig.Time);

        Rig.Time.Advance(TimeSpan.FromMinutes(5));
        await clock.LookAsync(WatchRig.Token);

        Assert.Equal(["TargetUnreachable"], _alerts.Told);
    }

    [Fact]
    public async Task A2_A_failure_that_is_seen_while_the_target_comes_back_fires_and_what_fires_stays_while_unknown()
    {
        await _alerts.PollAsync(Fails("a"));
        await _alerts.LookAfterAsync(TimeSpan.FromMinutes(6));

        await Rig.PollNextAsync(Fails("a"), Fails("b") with { InstanceId = "other" });

        Assert.Equal(["JobFailed a", "TargetUnreachable  recovered", "JobFailed b"], _alerts.Told);
    }

    [Fact]
    public async Task An_alert_ends_by_resolveAfter()
    {
        await _alerts.PollAsync(Fails("a"));
        await _alerts.PollUntilAsync(TimeSpan.FromHours(24) - Interval, Fails("a"));
        await _alerts.LookAsync();
        Assert.Equal(["JobFailed a"], _alerts.Told);

        await _alerts.LookAfterAsync(Interval);

        Assert.Equal(["JobFailed a expired"], _alerts.Told);
    }

    [Fact]
    public async Task A5_A_start_ends_alerts_whose_rule_is_not_wanted_any_more()
    {
        await _alerts.PollAsync(Fails("a"));

        _alerts.Restart(Firing.Target(rules => rules with { Failed = rules.Failed with { IsEnabled = false } }));
        await Rig.Watch.TakeOverAsync(WatchRig.Token);
        await _alerts.LookAsync();

        Assert.Equal(["JobFailed a removed"], _alerts.Told);
    }

    [Fact]
    public async Task A5_A_start_ends_the_alerts_of_targets_that_are_not_configured_any_more()
    {
        await _alerts.PollAsync(Fails("a"));

        _alerts.Restart(target: null, isWatched: false);
        await _alerts.LookAsync();

        Assert.Equal(["JobFailed a removed"], _alerts.Told);
    }

    [Fact]
    public async Task A5_A_start_leaves_alone_what_is_still_wanted()
    {
        await _alerts.PollAsync(Fails("a"));

        _alerts.Restart(target: null);
        await Rig.Watch.TakeOverAsync(WatchRig.Token);
        await _alerts.LookAsync();

        Assert.Equal(["JobFailed a"], _alerts.Told);
        Assert.Equal(["JobFailed a"], Rig.Board.All.Select(alert => alert.Tell()));
    }

    [Fact]
    public async Task A8_While_the_store_is_away_the_board_keeps_what_it_knows_and_nothing_starts()
    {
        await _alerts.PollAsync(Fails("a"), Job("s", JobStatus.Running, Noon));
        await _alerts.LookAsync();
        await _alerts.PollUntilAsync(TimeSpan.FromHours(2), Fails("a"), Job("s", JobStatus.Running, Noon));
        Rig.Store.IsDown = true;

        await Assert.ThrowsAsync<StoreException>(_alerts.LookAsync);
        Assert.Equal(["JobFailed a"], Rig.Board.All.Select(alert => alert.Tell()));
        Rig.Store.IsDown = false;
        await _alerts.LookAsync();

        Assert.Equal(["JobFailed a", "JobStuck s"], _alerts.Told);
    }

    [Fact]
    public async Task What_a_commit_of_unknown_end_wrote_gets_to_the_board()
    {
        await Rig.BaselineAsync();
        await _alerts.LookAsync();
        var another = Rig.Another(Rig.Client);
        await Rig.Watch.PollAsync(WatchRig.Token);
        Rig.Client.Lists(Complete(Fails("a")) with { CloudTime = Noon.AddMinutes(2) });
        await another.PollAsync(WatchRig.Token);

        await Rig.PollAgainAsync();
        await _alerts.LookAsync();

        Assert.Equal(["JobFailed a"], Rig.Board.All.Select(alert => alert.Tell()));
    }

    [Fact]
    public async Task What_a_look_committed_although_the_store_said_it_failed_gets_to_the_board()
    {
        await _alerts.PollAsync(Job("s", JobStatus.Running, Noon));
        await _alerts.PollUntilAsync(TimeSpan.FromHours(2), Job("s", JobStatus.Running, Noon));
        Rig.Store.AfterAlerts = () => throw new StoreException("The disk cannot be written.");
        await Assert.ThrowsAsync<StoreException>(_alerts.LookAsync);
        Rig.Store.AfterAlerts = null;

        await _alerts.LookAsync();

        Assert.Equal(["JobStuck s"], _alerts.Told);
        Assert.Equal(["JobStuck s"], Rig.Board.All.Select(alert => alert.Tell()));
    }

    public void Dispose() => _alerts.Dispose();
}
