using Quartz;

namespace JobWatcher.Polling;

/// <summary>Keeps one trigger for each target.</summary>
internal sealed class PollSchedule(ISchedulerFactory schedulers, TimeProvider time)
{
    /// <summary>Whether triggers fire.</summary>
    public async Task<bool> IsRunningAsync(CancellationToken cancellationToken) =>
        (await schedulers.GetScheduler(cancellationToken)).Status == SchedulerStatus.Running;

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
    }

    /// <summary>Cancels running polls and waits for their end.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }
}
