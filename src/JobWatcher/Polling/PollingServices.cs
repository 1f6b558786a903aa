using JobWatcher.Background;
using JobWatcher.Planning;
using JobWatcher.Polling.Budgets;
using JobWatcher.Polling.Clients;
using JobWatcher.Polling.Clocks;
using JobWatcher.Polling.Scheduling;
using JobWatcher.Polling.Targets;
using Quartz;

namespace JobWatcher.Polling;

/// <summary>Registers the station that polls.</summary>
internal static class PollingServices
{
    // A bound on polls in flight would let targets that hang starve those that answer, and targets may be added: so it is
    // none in effect. A job that waits for the cloud holds no thread.
    private const int JobsAtOnce = 1_000_000;

    // Batches keep many targets on time.
    private const int TriggersAtOnce = 100;

    // What is later than this, Quartz leaves out: with its 5 s, a busy machine could starve a target, whose polls would be
    // late and left out each time. Late ones run, oldest first; those that fell due during a poll the job leaves out itself.
    private static readonly TimeSpan MisfireThreshold = TimeSpan.FromHours(1);

    /// <summary>Adds polling of the planned targets.</summary>
    public static IServiceCollection AddPolling(
        this IServiceCollection services, IReadOnlyList<PlannedTarget> plan, EntryBudget budget)
    {
        services.AddSingleton<SchedulerFaults>();
        services.AddQuartz(quartz => quartz
            .UseInMemoryStore(store => store.MisfireThreshold = MisfireThreshold)
            .AddSchedulerListener(provider => provider.GetRequiredService<SchedulerFaults>())
            .UseDefaultThreadPool(pool => pool.MaxConcurrency = JobsAtOnce)
            .ConfigureScheduler(scheduler =>
            {
                scheduler.MaxBatchSize = TriggersAtOnce;
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
            .AddSingleton<Watchdog>()
            .AddSingleton<ClockWatch>()
            .AddBackgroundLoop<SchedulerFaults>("the scheduler", (faults, stopping) => faults.RunAsync(stopping))
            .AddBackgroundLoop<ClockWatch>("the watch over the clock", (clock, stopping) => clock.RunAsync(stopping));
    }

    /// <summary>Adds what keeps the store from growing without end.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services, RetentionOptions options) => services
        .AddSingleton(options)
        .AddSingleton<Retention>()
        .AddBackgroundLoop<Retention>(
            "the retention of history", (retention, stopping) => retention.RunAsync(stopping));
}
