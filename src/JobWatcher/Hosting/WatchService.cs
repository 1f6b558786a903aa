using JobWatcher.Alerting;
using JobWatcher.Background;
using JobWatcher.Polling.Scheduling;
using JobWatcher.Polling.Targets;
using JobWatcher.Reporting;
using JobWatcher.Storage;

namespace JobWatcher.Hosting;

/// <summary>
/// Starts the watch once the web server listens, and stops it before the web server: a port in use must not leave
/// anything half started, and a long migration must not look like a dead process.
/// </summary>
internal sealed partial class WatchService(
    IWatchStore store,
    StoreHealth storeHealth,
    TargetWatches watches,
    TargetWatchFactory factory,
    PollSchedule schedule,
    TransitionReporter reporter,
    AlertReporter alertReporter,
    BackgroundLoops loops,
    ILogger<WatchService> logger) : IHostedLifecycleService
{
    /// <summary>Whether the store is open and triggers fire.</summary>
    public bool IsStarted { get; private set; }

    /// <inheritdoc/>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await store.OpenAsync(cancellationToken);
        storeHealth.Writes();

        var all = factory.CreateAll();
        foreach (var watch in all)
        {
            await watch.TakeOverAsync(cancellationToken);
        }

        watches.Replace(all);
        await schedule.StartAsync(all.Select(watch => watch.Target), cancellationToken);
        // A loop that changes triggers, as the configuration's does, needs them to be there.
        loops.Start();
        IsStarted = true;
        Log.Started(logger, Build.Version, all.Count);
    }

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StopAndDrainAsync(cancellationToken);
        }
        catch (Exception exception) when (
            exception is StoreException or AggregateException or IOException ||
            (exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            Log.LeftUnreported(logger, exception.GetBaseException().Message);
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The last polls' transitions are told before the process goes; what fails here the next process tells.
    private async Task StopAndDrainAsync(CancellationToken cancellationToken)
    {
        if (IsStarted)
        {
            Log.Stopping(logger);
        }

        // First the loops, one of which holds a scheduler that stops for a fault.
        await loops.StopAsync(cancellationToken);
        if (IsStarted)
        {
            await schedule.StopAsync(cancellationToken);
        }

        if (IsStarted && !loops.HasFailed)
        {
            await reporter.DrainAsync(cancellationToken);
            await alertReporter.DrainAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.Started, LogLevel.Information, "JobWatcher {Version} watches {Targets} targets.",
            EventName = nameof(EventIds.Started))]
        public static partial void Started(ILogger logger, string version, int targets);

        [LoggerMessage(
            EventIds.Stopping, LogLevel.Information, "JobWatcher stops: running polls are cancelled.",
            EventName = nameof(EventIds.Stopping))]
        public static partial void Stopping(ILogger logger);

        [LoggerMessage(
            EventIds.LeftUnreported, LogLevel.Warning,
            "Some transitions are left for the next process to report. {Reason}",
            EventName = nameof(EventIds.LeftUnreported))]
        public static partial void LeftUnreported(ILogger logger, string reason);
    }
}
