using JobWatcher.Background;
using Quartz;

namespace JobWatcher.Polling;

/// <summary>Registers the station that polls.</summary>
internal static class PollingServices
{
    // Batches keep many targets on time; a job that waits for the cloud holds no thread.
    private const int TriggersAtOnce = 100;

    // What is later than this, Quartz leaves out: with its 5 s, a busy machine could starve a target, whose polls would be
    // late and left out each time. Late ones run, oldest first; those that fell due during a poll the job leaves out itself.
    private static readonly TimeSpan MisfireThreshold = TimeSpan.FromHours(1);

    /// <summary>Adds polling of the planned targets.</summary>
    public static IServiceCollection AddPolling(
        this IServiceCollection services, IReadOnlyList<PlannedTarget> plan, EntryBudget budget)
    {
        var concurrency = Math.Max(1, plan.Count);
        services.AddSingleton<SchedulerFaults>();
        services.AddQuartz(quartz => quartz
            .UseInMemoryStore(store => store.MisfireThreshold = MisfireThreshold)
            .AddSchedulerListener(provider => provider.GetRequiredService<SchedulerFaults>())
            .UseDefaultThreadPool(pool => pool.MaxConcurrency = concurrency)
            .ConfigureScheduler(scheduler =>
            {
                scheduler.MaxBatchSize = Math.Min(TriggersAtOnce, concurrency);
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            }));

        return services
            .AddBackground()
            .AddSingleton(plan)
            .AddSingleton(budget)
            .AddSingleton<EntryShares>()
            .AddSingleton<TargetWatches>()
            .AddSingleton<IntervalStretch>()
            .AddSingleton<SkewReports>()
            .AddSingleton<CloudClients>()
            .AddSingleton<TargetWatchFactory>()
            .AddSingleton<PollReports>()
            .AddSingleton<PollSchedule>()
            .AddSingleton<PollRound>()
            .AddSingleton<Watchdog>()
            .AddSingleton<ClockWatch>()
            .AddBackgroundLoop<SchedulerFaults>("the scheduler", (faults, stopping) => faults.RunAsync(stopping))
            .AddBackgroundLoop<ClockWatch>("the watch over the clock", (clock, stopping) => clock.RunAsync(stopping))
            .AddSingleton<WatchService>()
            .AddHostedService(provider => provider.GetRequiredService<WatchService>());
    }
}
