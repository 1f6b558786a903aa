using JobWatcher.Background;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Reporting;
using JobWatcher.Tests.Web;
using Microsoft.Extensions.Hosting;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Hosting;

[Collection(nameof(ServiceRig))]
public sealed class WatchServiceTests
{
    [Fact]
    public async Task What_the_last_polls_committed_is_reported_before_the_service_ends()
    {
        await using var service = await ServiceRig.StartAsync();
        await service.Rig.BaselineAsync(Running());
        await service.Rig.PollNextAsync(Job("a", JobStatus.Completed, BeforeNoon, Noon));

        await service.StopAsync();

        service.Rig.Log.Single("JobStatusChanged");
    }

    [Fact]
    public async Task A_log_that_fails_at_the_end_leaves_its_transitions_to_the_next_process()
    {
        await using var service = await ServiceRig.StartAsync();
        await service.Rig.BaselineAsync(Running());
        await service.Rig.PollNextAsync(Job("a", JobStatus.Completed, BeforeNoon, Noon));
        service.Rig.Log.IsFull = true;

        await service.StopAsync();

        Assert.False(service.Get<BackgroundLoops>().HasFailed);
        Assert.Equal(0, service.Rig.Store.Cursor("log", "prod"));
    }

    [Fact]
    public async Task A_retention_that_dies_ends_the_process_with_a_failure()
    {
        await using var service = await ServiceRig.StartAsync();
        var stopping = service.Get<IHostApplicationLifetime>().ApplicationStopping;
        await service.Rig.BaselineAsync(Running());
        service.Rig.Store.Fault = new InvalidOperationException("Nobody thought of this.");
        service.Rig.Store.BreaksAt = "ReadTargetNames";

        await Eventually.Holds(() =>
        {
            service.Rig.Time.Advance(TimeSpan.FromMinutes(1));
            return stopping.IsCancellationRequested;
        });

        Assert.True(service.Get<BackgroundLoops>().HasFailed);
    }

    [Fact]
    public async Task A_background_loop_finds_all_triggers_there()
    {
        var found = new TaskCompletionSource<bool>();

        await using var service = await ServiceRig.StartAsync(loop: (schedule, stopping) =>
        {
            found.SetResult(schedule.IsRunning);
            return Task.Delay(Timeout.Infinite, stopping);
        });

        Assert.True(await found.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_reporter_that_dies_ends_the_process_with_a_failure()
    {
        await using var service = await ServiceRig.StartAsync();
        var stopping = service.Get<IHostApplicationLifetime>().ApplicationStopping;
        service.Rig.Store.Fault = new InvalidOperationException("Nobody thought of this.");
        service.Rig.Store.IsDown = true;

        service.Get<TransitionReporter>().Wake();

        await Eventually.Holds(() => stopping.IsCancellationRequested);
        Assert.True(service.Get<BackgroundLoops>().HasFailed);
    }
}
