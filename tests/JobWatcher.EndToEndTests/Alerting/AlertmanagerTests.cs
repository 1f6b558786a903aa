using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>What people are told by way of a real Alertmanager that comes and goes, by a watcher that does.</summary>
public sealed class AlertmanagerTests : IAsyncLifetime
{
    private WatchedCloud? _watched;
    private RealAlertmanager? _alertmanager;

    private WatchedCloud Watched => _watched!;

    private Watcher Watcher => Watched.Watcher;

    private RealAlertmanager Alertmanager => _alertmanager!;

    private RecordingReceiver People => Alertmanager.People;

    public async ValueTask InitializeAsync()
    {
        _alertmanager = await RealAlertmanager.StartAsync();
        _watched = await WatchedCloud.StartAsync(Alertmanager.Receiver());
    }

    [Fact]
    public async Task A_job_that_fails_is_told_once_and_its_repair_once()
    {
        var failed = await Watched.FailAsync();
        await People.TellsAsync(failed.JobId, "firing");

        await Watched.RepairAsync(failed);

        await People.TellsAsync(failed.JobId, "firing", "resolved");
        var told = People.All[0];
        Assert.Equal("JobWatcherJobFailed", told.Alert);
        Assert.Equal(("critical", "prod", failed.JobName, "gauss-1234", failed.InstanceId, "payments"), (
            told.Labels["severity"], told.Labels["target"], told.Labels["job_name"], told.Labels["instance_name"],
            told.Labels["instance_id"], told.Labels["team"]));
        Assert.Equal("Single task exception.", told.Annotations["fail_reason"]);
        Assert.EndsWith("/JobFailed", told.Annotations["runbook_url"], StringComparison.Ordinal);
        Assert.Equal(CloudJob.Parse(failed.EndedTime!), told.StartsAt);
        Assert.Empty(await Alertmanager.FiringAsync());
    }

    [Fact]
    public async Task A_job_that_fails_and_is_repaired_within_one_poll_is_told_once_and_ends_once()
    {
        var failed = new CloudJob().Failed("Single task exception.");

        await Watched.Cloud.PutAsync(failed, WatchedCloud.RepairOf(failed));

        await People.TellsAsync(failed.JobId, "firing", "resolved");
    }

    [Fact]
    public async Task A_job_that_fails_and_is_repaired_while_Alertmanager_is_away_is_told_once_and_ends_once()
    {
        await Alertmanager.StopAsync();
        var failed = await Watched.FailAsync();
        await Watched.RepairAsync(failed);
        await Watcher.TellsAsync("AlertResolved", ("JobId", failed.JobId));

        await Alertmanager.StartAgainAsync();

        await People.TellsAsync(failed.JobId, "firing", "resolved");
    }

    [Fact]
    public async Task An_Alertmanager_that_is_restarted_knows_again_what_fires_and_tells_it_nobody_twice()
    {
        var failed = await Watched.FailAsync();
        await People.TellsAsync(failed.JobId, "firing");

        await Alertmanager.StopAsync();
        await Alertmanager.StartAgainAsync();

        await Alertmanager.KnowsAsync(failed.JobId);
        Assert.Equal(["firing"], People.Of(failed.JobId));
    }

    [Fact]
    public async Task A_watcher_that_is_killed_tells_nothing_twice()
    {
        var failed = await Watched.FailAsync();
        await People.TellsAsync(failed.JobId, "firing");

        await Watcher.Program.KillAsync();
        await Watcher.StartAgainAsync();
        await Watched.RepairAsync(failed);
        await People.TellsAsync(failed.JobId, "firing", "resolved");
        await Watcher.Program.KillAsync();
        await Watcher.StartAgainAsync();
        await Watcher.ShowsAsync(scrape => Assert.True(scrape.Sum("jobwatcher_notifications_total") > 1));

        Assert.Equal(["firing", "resolved"], People.Of(failed.JobId));
    }

    public async ValueTask DisposeAsync()
    {
        await (_watched?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_alertmanager?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
