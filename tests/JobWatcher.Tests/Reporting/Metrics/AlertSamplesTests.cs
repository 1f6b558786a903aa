using JobWatcher.Alerts;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Tests.Alerting;
using JobWatcher.Tests.Alerting.Receivers;
using JobWatcher.Tests.Polling;
using static JobWatcher.Tests.Alerting.AlertRig;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Reporting.Metrics;

/// <summary>Rule A6, as the metric keeps it.</summary>
public sealed class AlertSamplesTests : IDisposable
{
    private static readonly TimeSpan MinActive = TimeSpan.FromMinutes(5);

    private readonly AlertRig _alerts = new();

    [Fact]
    public async Task An_alert_that_fires_is_shown_with_its_labels()
    {
        await _alerts.PollAsync(Fails("a") with { InstanceName = null });

        Assert.Equal(
            [
                """jobwatcher_active_alert{alert="JobFailed",instance_id="i",job_id="a","""
                + """job_name="RebootGaussDBforMySQLInstance",project_id="619d3e78f61b4be68bc5aa0b59edcf7b","""
                + """region="cn-north-4",severity="critical",target="prod",team="payments"}""",
            ],
            _alerts.Scrape().BySeries().Keys);
    }

    [Fact]
    public async Task One_that_started_and_ended_in_one_poll_is_shown_for_minActive()
    {
        await StartAndEndAsync();
        Assert.Single(_alerts.Scrape());
        _alerts.Samples.Carried();

        _alerts.Rig.Time.Advance(MinActive - TimeSpan.FromSeconds(1));
        Assert.Single(_alerts.Scrape());
        _alerts.Rig.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(_alerts.Scrape());
    }

    [Fact]
    public async Task One_that_started_by_a_clock_that_was_ahead_is_shown_for_minActive_from_its_end_and_then_forgotten()
    {
        await _alerts.PollAsync();
        var time = _alerts.Rig.Time;
        var alert = SomeAlert.Firing("", Noon.AddHours(3), AlertName.TargetUnreachable).EndedAt(Noon);
        _alerts.Rig.Board.Take(new AlertChanges([alert], []));
        _alerts.Rig.Board.Hold(_ => []);
        Assert.Single(_alerts.Scrape());
        _alerts.Samples.Carried();
        await _alerts.Rig.Board.SaveShownAsync(_ => Task.CompletedTask);

        time.Advance(MinActive);
        Assert.Empty(_alerts.Scrape());
        time.Advance(TimeSpan.FromHours(3) - MinActive);
        Assert.Empty(_alerts.Scrape());
        await _alerts.LookAsync();

        Assert.DoesNotContain(_alerts.Rig.Board.All, left => left.Id == alert.Id);
    }

    [Fact]
    public async Task One_that_no_answered_scrape_has_carried_is_shown_until_one_does()
    {
        await StartAndEndAsync();
        _alerts.Rig.Time.Advance(MinActive + TimeSpan.FromHours(1));

        Assert.Single(_alerts.Scrape());
        Assert.Single(_alerts.Scrape());
        _alerts.Samples.Carried();

        Assert.Empty(_alerts.Scrape());
    }

    [Fact]
    public async Task What_was_shown_is_known_after_a_restart_and_what_was_not_is_shown_by_the_next_process()
    {
        await StartAndEndAsync();
        // A new process has only its own clock at first, which is a minute behind the cloud's.
        _alerts.Rig.Time.Advance(MinActive + TimeSpan.FromMinutes(1));
        _alerts.Restart(target: null);
        await _alerts.LookAsync();
        Assert.Single(_alerts.Scrape());
        _alerts.Samples.Carried();
        await _alerts.Reporter.DrainAsync(WatchRig.Token);

        _alerts.Restart(target: null);
        await _alerts.LookAsync();

        Assert.Empty(_alerts.Scrape());
    }

    [Fact]
    public async Task A_job_that_fires_again_while_its_last_alert_is_still_shown_has_one_series()
    {
        await _alerts.PollAsync(Fails("a"));
        var again = Fails("a") with { Status = JobStatus.Running, EndedTime = null };
        _alerts.Rig.Client.LookUps["a"] = new LookUp(LookUpVerdict.Found, again);
        await _alerts.Rig.PollNextAsync(again);
        await _alerts.Rig.PollNextAsync(again);
        await _alerts.Rig.PollNextAsync(Fails("a") with { EndedTime = Noon.AddMinutes(2) });

        Assert.Equal(["JobFailed a statusChanged", "JobFailed a"], _alerts.Told);
        Assert.Single(_alerts.Scrape());
    }

    public void Dispose() => _alerts.Dispose();

    private async Task StartAndEndAsync()
    {
        await _alerts.PollAsync(
            Fails("a"), Fails("b") with { Status = JobStatus.Completed, CreatedTime = Noon.AddSeconds(1) });
        Assert.Equal(["JobFailed a completed"], _alerts.Told);
    }
}
