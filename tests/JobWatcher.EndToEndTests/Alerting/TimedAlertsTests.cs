using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>What time alone fires and ends, as people get it by way of a real Alertmanager.</summary>
public sealed class TimedAlertsTests
{
    [Fact]
    public async Task A_job_that_is_stuck_is_told_between_two_polls_and_ends_when_it_completes()
    {
        await using var alertmanager = await RealAlertmanager.StartAsync();
        await using var watched = await WatchedCloud.StartAsync(
            alertmanager.Receiver("rules: { stuck: { runningAfter: 6s } }"));
        var running = new CloudJob().Running();
        await watched.Cloud.PutAsync(running);
        await watched.Watcher.TellsAsync("JobAppeared", ("JobId", running.JobId));
        var fault = await watched.Cloud.FailAsync(new CloudFault { Status = 503 });

        await alertmanager.People.TellsAsync(running.JobId, "firing");
        await alertmanager.KnowsAsync(running.JobId);
        var polls = await watched.Cloud.AnswersAsync(Cloud.Project);
        await watched.Cloud.PutAsync(running.Completed());
        await watched.Cloud.MendAsync(fault);

        await alertmanager.People.TellsAsync(running.JobId, "firing", "resolved");
        var due = CloudJob.Parse(running.CreatedTime).AddSeconds(6);
        Assert.DoesNotContain(polls, poll => poll.Status == 200 && poll.Time >= due);
        var told = alertmanager.People.All[0];
        Assert.Equal(("JobWatcherJobStuck", "warning", "gauss-1234"), (
            told.Alert, told.Labels["severity"], told.Labels["instance_name"]));
        Assert.EndsWith("/JobStuck", told.Annotations["runbook_url"], StringComparison.Ordinal);
        await alertmanager.KnowsAsync();
    }

    [Fact]
    public async Task A_target_that_is_out_of_reach_is_told_once_and_its_return_once()
    {
        await using var alertmanager = await RealAlertmanager.StartAsync();
        // Long enough that a busy machine alone makes no outage.
        await using var watched = await WatchedCloud.StartAsync(alertmanager.Receiver(), unknownAfter: "10s");

        var fault = await watched.Cloud.FailAsync(new CloudFault { Status = 503 });
        await alertmanager.People.TellsAsync("", "firing");
        await alertmanager.KnowsAsync("");
        await watched.Cloud.MendAsync(fault);

        await alertmanager.People.TellsAsync("", "firing", "resolved");
        var told = alertmanager.People.All[0];
        Assert.Equal(("JobWatcherTargetUnreachable", "critical", "prod", Cloud.Project), (
            told.Alert, told.Labels["severity"], told.Labels["target"], told.Labels["project_id"]));
        Assert.EndsWith("/TargetUnreachable", told.Annotations["runbook_url"], StringComparison.Ordinal);
        await alertmanager.KnowsAsync();
    }

    [Fact]
    public async Task A_failure_that_nobody_repairs_ends_when_its_time_is_up()
    {
        using var folder = new TempFolder();
        var clock = await FakedClock.CreateAsync(folder, TimeSpan.Zero);
        await using var alertmanager = await RealAlertmanager.StartAsync();
        await using var watched = await WatchedCloud.StartAsync(
            alertmanager.Receiver("rules: { failed: { resolveAfter: 1m } }"), cloudClock: clock);
        var failed = await watched.FailAsync();
        await alertmanager.People.TellsAsync(failed.JobId, "firing");
        await watched.PollsOnAsync(2);
        await alertmanager.KnowsAsync(failed.JobId);

        // By less than a minute at once, or our own clock would speak against it (rule A9).
        clock.Set(TimeSpan.FromSeconds(31));
        await watched.PollsOnAsync(2);
        clock.Set(TimeSpan.FromSeconds(62));

        await alertmanager.People.TellsAsync(failed.JobId, "firing", "resolved");
        var ended = await watched.Watcher.TellsAsync("AlertResolved", ("JobId", failed.JobId));
        Assert.Equal("expired", ended.Text("EndReason"));
        await alertmanager.KnowsAsync();
    }
}
