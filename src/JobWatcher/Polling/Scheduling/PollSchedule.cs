using JobWatcher.Planning;
using JobWatcher.Polling.Targets;
using Quartz;

namespace JobWatcher.Polling.Scheduling;

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
            await AddAsync(scheduler, target, target.Interval, cancellationToken);
        }

        await scheduler.Start(cancellationToken);
        Volatile.Write(ref _scheduler, scheduler);
    }

    /// <summary>Schedules a target that is watched from now on.</summary>
    public async Task AddAsync(TargetWatch watch, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _scheduler) is { } scheduler)
        {
            await AddAsync(scheduler, watch.Target, watch.Interval, cancellationToken);
        }
    }

    /// <summary>Takes a target's trigger away; a poll that runs is not told.</summary>
    public async Task RemoveAsync(string target, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _scheduler) is { } scheduler)
        {
            await scheduler.DeleteJob(new JobKey(target), cancellationToken);
        }
    }

    /// <summary>Lets a target be polled once more as soon as no poll of it runs; its trigger stays as it is.</summary>
    public async Task PollNowAsync(string target, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _scheduler) is { } scheduler)
        {
            await scheduler.TriggerJob(new JobKey(target), cancellationToken: cancellationToken);
        }
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

    /// <summary>Moves the triggers of targets, each to the interval of its watch of that moment.</summary>
    public async Task RescheduleAsync(
        IEnumerable<string> targets, TargetWatches watches, CancellationToken cancellationToken)
    {
        foreach (var target in targets)
        {
            // Another configuration may put another watch, of another interval, in its place even while its trigger moves.
            TargetWatch? moved = null;
            while (watches.Find(target) is { } watch && watch != moved)
            {
                await RescheduleAsync(watch, cancellationToken);
                moved = watch;
            }
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

    private async Task AddAsync(
        IScheduler scheduler, WatchedTarget target, TimeSpan interval, CancellationToken cancellationToken)
    {
        var job = JobBuilder.Create<PollJob>().WithIdentity(target.Name).Build();
        var start = time.GetUtcNow() + StartOffset.Of(target.Name, interval);
        await scheduler.ScheduleJob(job, TriggerOf(target.Name, interval, start), cancellationToken: cancellationToken);
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
