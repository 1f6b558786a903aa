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
            var trigger = TriggerBuilder.Create(time)
                .WithIdentity(target.Name)
                .StartAt(time.GetUtcNow() + StartOffset.Of(target.Name, target.Interval))
                .WithSimpleSchedule(schedule => schedule
                    .WithInterval(target.Interval)
                    .RepeatForever()
                    .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))
                .Build();
            await scheduler.ScheduleJob(job, trigger, cancellationToken: cancellationToken);
        }

        await scheduler.Start(cancellationToken);
        Volatile.Write(ref _scheduler, scheduler);
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
}
