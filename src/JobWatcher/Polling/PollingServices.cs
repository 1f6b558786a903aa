using Quartz;

namespace JobWatcher.Polling;

/// <summary>Registers the station that polls.</summary>
internal static class PollingServices
{
    // Batches keep many targets on time; a job that waits for the cloud holds no thread.
    private const int TriggersAtOnce = 100;

    // A pooled connection is closed after this time, so that a changed DNS record is followed.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Adds polling of the planned targets.</summary>
    public static IServiceCollection AddPolling(
        this IServiceCollection services, IReadOnlyList<PlannedTarget> plan, EntryBudget budget)
    {
        services.AddHttpClient(TargetWatchFactory.HttpClientName)
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.PooledConnectionLifetime = ConnectionLifetime;
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();

        var concurrency = Math.Max(1, plan.Count);
        services.AddQuartz(quartz => quartz
            .UseDefaultThreadPool(pool => pool.MaxConcurrency = concurrency)
            .ConfigureScheduler(scheduler =>
            {
                scheduler.MaxBatchSize = Math.Min(TriggersAtOnce, concurrency);
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            }));

        return services
            .AddSingleton(plan)
            .AddSingleton(budget)
            .AddSingleton<EntryShares>()
            .AddSingleton<TargetWatches>()
            .AddSingleton<IntervalStretch>()
            .AddSingleton<TargetWatchFactory>()
            .AddSingleton<PollReports>()
            .AddSingleton<PollSchedule>()
            .AddSingleton<Watchdog>()
            .AddSingleton<WatchService>()
            .AddHostedService(provider => provider.GetRequiredService<WatchService>());
    }
}
