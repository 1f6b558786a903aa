using JobWatcher.Alerting;
using JobWatcher.Alerts;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Clients;
using JobWatcher.Polling.Targets;
using JobWatcher.Tests.Polling;
using static JobWatcher.Tests.Alerting.AlertRig;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Alerting;

/// <summary>Alerts that ended leave memory when nobody needs them any more.</summary>
public sealed class ForgottenAlertsTests : IDisposable
{
    private readonly AlertRig _alerts = new();

    private WatchRig Rig => _alerts.Rig;

    [Fact]
    public async Task The_board_forgets_what_ended_three_days_ago()
    {
        await _alerts.PollAsync(Fails("a"));
        await _alerts.PollUntilAsync(TimeSpan.FromHours(24), Fails("a"));
        await _alerts.LookAsync();

        await _alerts.LookAfterAsync(TimeSpan.FromDays(2.9));
        Assert.Contains(Rig.Board.All, alert => alert.Key.Name == AlertName.JobFailed);
        await _alerts.LookAfterAsync(TimeSpan.FromDays(0.2));

        Assert.DoesNotContain(Rig.Board.All, alert => alert.Key.Name == AlertName.JobFailed);
    }

    [Fact]
    public async Task One_cloud_whose_clock_is_years_off_keeps_no_other_from_forgetting()
    {
        var client = new ScriptedClient(Rig.Journal);
        client.Lists(Complete() with { CloudTime = Noon.AddYears(-5) });
        var other = Rig.WatchOver(TargetClient.Of(Rig.Target.ProjectId, client), WatchRig.TargetNamed("other"));
        await other.PollAsync(WatchRig.Token);
        var watches = new TargetWatches();
        watches.Replace([Rig.Watch, other]);
        var clock = new AlertClock(Rig.Store, watches, Rig.Board, Rig.Time);
        await _alerts.PollAsync(
            Fails("a"), Fails("b") with { Status = JobStatus.Completed, CreatedTime = Noon.AddSeconds(1) });
        await clock.LookAsync(WatchRig.Token);
        Assert.Contains(Rig.Board.All, alert => alert.Key.Name == AlertName.JobFailed);

        Rig.Time.Advance(TimeSpan.FromDays(3.1));
        await clock.LookAsync(WatchRig.Token);

        Assert.DoesNotContain(Rig.Board.All, alert => alert.Key.Name == AlertName.JobFailed);
    }

    [Fact]
    public async Task The_board_forgets_sooner_what_was_shown_for_minActive_and_nobody_needs()
    {
        var needed = new List<AlertId>();
        Rig.Board.Hold(_ => needed);
        await _alerts.PollAsync(
            Fails("a"), Fails("b") with { Status = JobStatus.Completed, CreatedTime = Noon.AddSeconds(1) });
        var alert = Rig.Board.All.Single();
        needed.Add(alert.Id);
        await _alerts.LookAfterAsync(TimeSpan.FromMinutes(6));
        Assert.Contains(alert.Id, Rig.Board.All.Select(left => left.Id));
        needed.Clear();
        await _alerts.LookAsync();
        Assert.Contains(alert.Id, Rig.Board.All.Select(left => left.Id));

        _alerts.Scrape();
        _alerts.Samples.Carried();
        await _alerts.Reporter.DrainAsync(WatchRig.Token);
        await _alerts.LookAsync();

        Assert.DoesNotContain(alert.Id, Rig.Board.All.Select(left => left.Id));
    }

    public void Dispose() => _alerts.Dispose();
}
