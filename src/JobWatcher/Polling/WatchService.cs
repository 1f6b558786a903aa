using JobWatcher.Reporting;
using JobWatcher.Storage;

namespace JobWatcher.Polling;

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
    IHostApplicationLifetime lifetime,
    ILogger<WatchService> logger) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _reporting = Task.CompletedTask;

    /// <summary>Whether the store is open and triggers fire.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>True once a background loop died: the process then ends with a failure.</summary>
    public bool HasFailed { get; private set; }

    /// <inheritdoc/>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await store.OpenAsync(cancellationToken);
        storeHealth.Works();

        var all = factory.CreateAll();
        foreach (var watch in all)
        {
            await watch.TakeOverAsync(cancellationToken);
        }

        watches.Replace(all);
        _reporting = ReportAsync();
        await schedule.StartAsync(all.Select(watch => watch.Target), cancellationToken);
        IsStarted = true;
        Log.Started(logger, Build.Version, all.Count);
    }

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (IsStarted)
        {
            Log.Stopping(logger);
            await schedule.StopAsync(cancellationToken);
        }

        await _stopping.CancelAsync();
        if (IsStarted && !HasFailed)
        {
            await DrainAsync(cancellationToken);
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

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    // The last polls' transitions are told before the process goes; what fails here the next process tells.
    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _reporting.WaitAsync(cancellationToken);
            await reporter.DrainAsync(cancellationToken);
        }
        catch (Exception exception) when (
            exception is StoreException or AggregateException or IOException ||
            (exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            Log.LeftUnreported(logger, exception.GetBaseException().Message);
        }
    }

    private async Task ReportAsync()
    {
        await Task.Yield();
        try
        {
            await reporter.RunAsync(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The watch was told to stop.
        }
#pragma warning disable CA1031 // The last line of defence: whatever it was, the process must end and say so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            HasFailed = true;
            Log.Fatal(logger, exception);
            lifetime.StopApplication();
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

        [LoggerMessage(
            EventIds.Fatal, LogLevel.Critical, "The reporting of transitions died, so the process ends.",
            EventName = nameof(EventIds.Fatal))]
        public static partial void Fatal(ILogger logger, Exception exception);
    }
}
