using JobWatcher.Polling;
using JobWatcher.Polling.Clients;
using JobWatcher.Polling.Scheduling;
using JobWatcher.Polling.Targets;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace JobWatcher.Tests.Polling.Scheduling;

/// <summary>Triggers of the real scheduler, which somebody else moves at the same time.</summary>
public sealed class PollScheduleTests : IAsyncLifetime
{
    private readonly WatchRig _rig = new();
    private readonly TargetWatches _watches = new();
    private readonly InterruptedTime _time;
    private readonly ServiceProvider _services;
    private readonly PollSchedule _schedule;

    public PollScheduleTests()
    {
        _time = new InterruptedTime(_rig.Time);
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_rig.Time)
            .AddPolling([], WatchRig.Budget)
            .AddQuartz(quartz => quartz.UseTimeProvider(_rig.Time))
            .BuildServiceProvider();
        _schedule = new PollSchedule(_services.GetRequiredService<ISchedulerFactory>(), _time);
    }

    public async ValueTask InitializeAsync()
    {
        var slow = _rig.WatchOver(
            TargetClient.Of(_rig.Target.ProjectId, _rig.Client), _rig.Target with { Interval = TimeSpan.FromHours(20) });
        _watches.Replace([slow]);
        await _schedule.StartAsync([slow.Target], WatchRig.Token);
    }

    [Fact]
    public async Task A_watch_that_takes_the_place_of_one_whose_trigger_moves_has_the_last_word()
    {
        _time.Interruption = () => _watches.Replace([_rig.Watch]);

        await _schedule.RescheduleAsync([_rig.Target.Name], _watches, WatchRig.Token);

        Assert.Equal(_rig.Target.Interval, await IntervalAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _schedule.StopAsync(WatchRig.Token);
        await _services.DisposeAsync();
        _rig.Dispose();
    }

    private async Task<TimeSpan> IntervalAsync()
    {
        var scheduler = await _services.GetRequiredService<ISchedulerFactory>().GetScheduler(WatchRig.Token);
        var trigger = await scheduler.GetTrigger(new TriggerKey(_rig.Target.Name), WatchRig.Token);
        return Assert.IsType<ISimpleTrigger>(trigger, exactMatch: false).RepeatInterval;
    }

    /// <summary>A time at the first reading of which something happens.</summary>
    private sealed class InterruptedTime(TimeProvider inner) : TimeProvider
    {
        private Action? _interruption;

        public Action Interruption
        {
            set => _interruption = value;
        }

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow()
        {
            Interlocked.Exchange(ref _interruption, null)?.Invoke();
            return inner.GetUtcNow();
        }

        public override long GetTimestamp() => inner.GetTimestamp();
    }
}
