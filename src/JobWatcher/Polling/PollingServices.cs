using JobWatcher.Background;
using Quartz;

namespace JobWatcher.Polling;

/// <summary>Registers the station that polls.</summary>
internal static class PollingServices
{
    // Batches keep many targets on time; a job that waits for the cloud holds no thread.
    private const int TriggersAtOnce = 100;

    /// <summary>Adds polling of the planned targets.</summary>
    public static IServiceCollection AddPolling(
        this IServiceCollection services, IReadOnlyList<PlannedTarget> plan, EntryBudget budget)
    {
        var concurrency = Math.Max(1, plan.Count);
        services.AddQuartz(quartz => quartz
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
            .AddSingleton<CloudClients>()
            .AddSingleton<TargetWatchFactory>()
            .AddSingleton<PollReports>()
            .AddSingleton<PollSchedule>()
            .AddSingleton<Watchdog>()
            .AddSingleton<WatchService>()
            .AddHostedService(provider => provider.GetRequiredService<WatchService>());
    }
}
