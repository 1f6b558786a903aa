using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>What people are told by way of a real Alertmanager.</summary>
public sealed class AlertmanagerTests : IAsyncLifetime
{
    private Cloud? _cloud;
    private RealAlertmanager? _alertmanager;

    private Cloud Cloud => _cloud!;

    private RealAlertmanager Alertmanager => _alertmanager!;

    private RecordingReceiver People => Alertmanager.People;

    public async ValueTask InitializeAsync() =>
        (_cloud, _alertmanager) = (await Cloud.StartAsync(), await RealAlertmanager.StartAsync());

    [Fact]
    public async Task A_job_that_fails_is_told_once_and_its_repair_once()
    {
        await using var watcher = await StartAsync();
        var failed = await FailAsync(watcher);
        await People.TellsAsync(failed.JobId, "firing");

        await Cloud.PutAsync(failed, Repair());

        await People.TellsAsync(failed.JobId, "firing", "resolved");
        var told = People.All[0];
        Assert.Equal("JobWatcherJobFailed", told.Alert);
        Assert.Equal(("critical", "prod", failed.JobName, "gauss-1234", "payments"), (
            told.Labels["severity"], told.Labels["target"], told.Labels["job_name"], told.Labels["instance_name"], told.Labels["team"]));
        Assert.Equal("Single task exception.", told.Annotations["fail_reason"]);
        Assert.EndsWith("/JobFailed", told.Annotations["runbook_url"], StringComparison.Ordinal);
        Assert.Equal(CloudJob.Parse(failed.EndedTime!), told.StartsAt);
        Assert.Empty(await Alertmanager.FiringAsync());
    }

    [Fact]
    public async Task A_job_that_fails_and_is_repaired_while_Alertmanager_is_away_is_told_once_and_ends_once()
    {
        await using var watcher = await StartAsync();
        await Alertmanager.StopAsync();
        var failed = await FailAsync(watcher);
        await Cloud.PutAsync(failed, Repair());
        await watcher.TellsAsync("AlertResolved", ("JobId", failed.JobId));

        await Alertmanager.StartAgainAsync();

        await People.TellsAsync(failed.JobId, "firing", "resolved");
    }

    [Fact]
    public async Task An_Alertmanager_that_is_restarted_knows_again_what_fires_and_tells_it_nobody_twice()
    {
        await using var watcher = await StartAsync();
        var failed = await FailAsync(watcher);
        await People.TellsAsync(failed.JobId, "firing");

        await Alertmanager.StopAsync();
        await Alertmanager.StartAgainAsync();

        await Eventually.SeesAsync(async () => Assert.Equal([failed.JobId], await Alertmanager.FiringAsync()));
        Assert.Equal(["firing"], People.Of(failed.JobId));
    }

    [Fact]
    public async Task A_watcher_that_is_killed_tells_nothing_twice()
    {
        await using var watcher = await StartAsync();
        var failed = await FailAsync(watcher);
        await People.TellsAsync(failed.JobId, "firing");

        await watcher.Program.KillAsync();
        await watcher.StartAgainAsync();
        await Cloud.PutAsync(failed, Repair());
        await People.TellsAsync(failed.JobId, "firing", "resolved");
        await watcher.Program.KillAsync();
        await watcher.StartAgainAsync();
        await watcher.ShowsAsync(scrape => Assert.True(scrape.Sum("jobwatcher_notifications_total") > 1));

        Assert.Equal(["firing", "resolved"], People.Of(failed.JobId));
    }

    public async ValueTask DisposeAsync()
    {
        await (_alertmanager?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_cloud?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task<Watcher> StartAsync()
    {
        var watcher = await Watcher.StartAsync(Cloud.Watched("prod") with { More = Alertmanager.Receiver() });
        await watcher.TellsAsync("TargetBaselined");
        return watcher;
    }

    // The API tells whole seconds, and what repairs a job was created after it.
    private static CloudJob Repair()
    {
        var later = CloudJob.Format(DateTimeOffset.UtcNow.AddSeconds(1));
        return new CloudJob { CreatedTime = later }.Completed() with { EndedTime = later };
    }

    private async Task<CloudJob> FailAsync(Watcher watcher)
    {
        var running = new CloudJob().Running();
        await Cloud.PutAsync(running);
        await watcher.TellsAsync("JobAppeared", ("JobId", running.JobId));
        var failed = running.Failed("Single task exception.");
        await Cloud.PutAsync(failed);
        await watcher.TellsAsync("AlertFiring", ("JobId", failed.JobId));
        return failed;
    }
}
