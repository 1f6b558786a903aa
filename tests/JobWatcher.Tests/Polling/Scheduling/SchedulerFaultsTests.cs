using JobWatcher.Polling;
using JobWatcher.Polling.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace JobWatcher.Tests.Polling.Scheduling;

/// <summary>What Quartz gives up ends the process, by the loop that waits for it.</summary>
public sealed class SchedulerFaultsTests : IAsyncDisposable
{
    private readonly WatchRig _rig = new();
    private readonly ServiceProvider _services;

    public SchedulerFaultsTests()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_rig.Time)
            .AddPolling([], WatchRig.Budget)
            .AddQuartz(quartz => quartz.UseTimeProvider(_rig.Time))
            .AddTransient<PollJob>(_ => throw new InvalidOperationException("Nobody thought of this."))
            .BuildServiceProvider();
    }

    private PollSchedule Schedule => _services.GetRequiredService<PollSchedule>();

    private SchedulerFaults Faults => _services.GetRequiredService<SchedulerFaults>();

    [Fact]
    public async Task A_trigger_that_is_parked_for_good_is_a_fault_that_names_its_target()
    {
        await Schedule.StartAsync([_rig.Target], WatchRig.Token);
        var loop = Faults.RunAsync(WatchRig.Token);

        _rig.Time.Advance(_rig.Target.Interval);

        await Eventually.Holds(() => loop.IsCompleted);
        var fault = await Assert.ThrowsAsync<SchedulerException>(() => loop);
        Assert.Contains("prod", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheduler_that_shuts_down_unasked_is_a_fault()
    {
        await Schedule.StartAsync([], WatchRig.Token);
        var loop = Faults.RunAsync(WatchRig.Token);
        var scheduler = await _services.GetRequiredService<ISchedulerFactory>().GetScheduler(WatchRig.Token);

        await scheduler.Shutdown(waitForJobsToComplete: true, WatchRig.Token);

        await Eventually.Holds(() => loop.IsCompleted);
        await Assert.ThrowsAsync<SchedulerException>(() => loop);
    }

    [Fact]
    public async Task It_waits_until_it_is_told_to_stop()
    {
        using var stopping = new CancellationTokenSource();
        var loop = Faults.RunAsync(stopping.Token);
        var early = loop.IsCompleted;

        await stopping.CancelAsync();

        Assert.False(early);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
    }

    public async ValueTask DisposeAsync()
    {
        await Schedule.StopAsync(WatchRig.Token);
        await _services.DisposeAsync();
        _rig.Dispose();
    }
}
