using JobWatcher.Polling.Scheduling;
using JobWatcher.Polling.Targets;

namespace JobWatcher.Polling.Clocks;

/// <summary>
/// Rule R5 of the protocol: Quartz waits for times of the machine's clock, so when that was set by more than an interval,
/// all triggers are scheduled anew. Without that, an hour back would stop polls for an hour.
/// </summary>
internal sealed partial class ClockWatch(
    TargetWatches watches, PollSchedule schedule, TimeProvider time, ILogger<ClockWatch> logger)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private ClockReading _before = ClockReading.Of(time);

    /// <summary>Looks every second until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            await LookAsync(stopping);
        }
    }

    /// <summary>Compares the clocks once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var all = watches.All;
        var now = ClockReading.Of(time);
        var set = now.SetSince(_before, time);
        if (all.Count == 0 || set.Duration() <= all.Min(watch => watch.Interval))
        {
            return;
        }

        _before = now;
        Log.ClockJumped(
            logger,
            Text.Duration.ToTheSecond(set).ToString(),
            set > TimeSpan.Zero ? "ahead" : "back",
            Math.Round(set.TotalSeconds, 3));
        await schedule.RescheduleAsync(all.Select(watch => watch.Target.Name), watches, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.ClockJumped, LogLevel.Warning,
            "This machine's clock was set {Jump} {Direction} ({JumpSeconds} s), or the machine slept. Polls go on at their intervals and no duration is wrong; times in events are by the clock as it is now.",
            EventName = nameof(EventIds.ClockJumped))]
        public static partial void ClockJumped(ILogger logger, string jump, string direction, double jumpSeconds);
    }
}
