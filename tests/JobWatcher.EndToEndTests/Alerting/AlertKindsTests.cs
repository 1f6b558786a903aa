using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>What ends a job's alert, as people get it by way of a real Alertmanager.</summary>
public sealed class AlertKindsTests(AlertKindsTests.Rig rig) : IClassFixture<AlertKindsTests.Rig>
{
    private RecordingReceiver People => rig.Alertmanager.People;

    private Cloud Cloud => rig.Watched.Cloud;

    [Fact]
    public async Task Only_the_next_success_of_that_operation_on_that_instance_ends_a_failure()
    {
        var failed = await rig.Watched.FailAsync();
        var repair = WatchedCloud.RepairOf(failed);
        CloudJob[] others =
        [
            repair with { JobId = Guid.NewGuid().ToString(), JobName = "RebootGaussDBforMySQLInstance" },
            repair with { JobId = Guid.NewGuid().ToString(), InstanceId = "ede953923f06448d9be8686ef0c1378fin07" },
        ];

        await Cloud.PutAsync(others);
        await rig.Watched.Watcher.TellsAsync("JobAppeared", ("JobId", others[0].JobId));
        await rig.Watched.Watcher.TellsAsync("JobAppeared", ("JobId", others[1].JobId));
        await rig.Watched.PollsOnAsync(2);
        await rig.Alertmanager.KnowsAsync(failed.JobId);
        Assert.Equal(["firing"], People.Of(failed.JobId));
        await Cloud.PutAsync(repair);

        await People.TellsAsync(failed.JobId, "firing", "resolved");
        await rig.Alertmanager.KnowsAsync();
    }

    [Fact]
    public async Task A_job_that_is_canceled_is_told_once_and_its_repair_once_where_somebody_wants_it()
    {
        var canceled = new CloudJob { Status = "Canceled", EndedTime = CloudJob.Format(DateTimeOffset.UtcNow) };

        await Cloud.PutAsync(canceled);
        await People.TellsAsync(canceled.JobId, "firing");
        await rig.Watched.RepairAsync(canceled);

        await People.TellsAsync(canceled.JobId, "firing", "resolved");
        var told = People.All.First(notification => notification.Job == canceled.JobId);
        Assert.Equal(("JobWatcherJobCanceled", "warning"), (told.Alert, told.Labels["severity"]));
        Assert.EndsWith("/JobCanceled", told.Annotations["runbook_url"], StringComparison.Ordinal);
        await rig.Alertmanager.KnowsAsync();
    }

    /// <summary>One watcher for all, which tells of cancellations as well.</summary>
    public sealed class Rig : IAsyncLifetime
    {
        private WatchedCloud? _watched;
        private RealAlertmanager? _alertmanager;

        internal WatchedCloud Watched => _watched!;

        internal RealAlertmanager Alertmanager => _alertmanager!;

        public async ValueTask InitializeAsync()
        {
            _alertmanager = await RealAlertmanager.StartAsync();
            _watched = await WatchedCloud.StartAsync(Alertmanager.Receiver("rules: { canceled: { enabled: true } }"));
        }

        public async ValueTask DisposeAsync()
        {
            await (_watched?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (_alertmanager?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}
