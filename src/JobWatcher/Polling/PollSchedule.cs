using Quartz;

namespace JobWatcher.Polling;

/// <summary>Keeps one trigger for each target.</summary>
internal sealed class PollSchedule(ISchedulerFactory schedulers, TimeProvider time)
{
    private IScheduler? _scheduler;

    /// <summary>Whether triggers fire.</summary>
    public bool IsRunning => Volatile.Read(ref _scheduler) is { Status: SchedulerStatus.Running };

    /// <summary>Schedules the targets and lets their triggers fire, spread over their intervals.</summary>
    public async Task StartAsync(IEnumerable<WatchedTarget> targets, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var target in targets)
        {
            var job = JobBuilder.Create<PollJob>().WithIdentity(target.Name).Build();
            var start = time.GetUtcNow() + StartOffset.Of(target.Name, target.Interval);
            var trigger = TriggerOf(target.Name, target.Interval, start);
            await scheduler.ScheduleJob(job, trigger, cancellationToken: cancellationToken);
        }

        await scheduler.Start(cancellationToken);
        Volatile.Write(ref _scheduler, scheduler);
    }

    /// <summary>Moves a target's trigger to its interval of now, counted from its last poll.</summary>
    public async Task RescheduleAsync(TargetWatch watch, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _scheduler) is { } scheduler)
        {
            // One that was never polled is counted from when it was made: moved again and again, it must still get its turn.
            var due = watch.LastPollEnded is null ? StartOffset.Of(watch.Target.Name, watch.Interval) : watch.Interval;
            var wait = due - time.GetElapsedTime(watch.AttemptTimestamp);
            var start = time.GetUtcNow() + (wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            await scheduler.RescheduleJob(
                new TriggerKey(watch.Target.Name), TriggerOf(watch.Target.Name, watch.Interval, start), cancellationToken);
        }
    }

    /// <summary>Cancels running polls and waits for their end.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // One that was shut down cannot be had from the factory any more, though probes and stops may still ask.
        if (Volatile.Read(ref _scheduler) is { } scheduler)
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
        }
    }

    private ITrigger TriggerOf(string target, TimeSpan interval, DateTimeOffset start) => TriggerBuilder.Create(time)
        .WithIdentity(target)
        .ForJob(target)
        .StartAt(start)
        .WithSimpleSchedule(schedule => schedule
            .WithInterval(interval)
            .RepeatForever()
            .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))
        .Build();
}
