using JobWatcher.Polling.Targets;
using JobWatcher.Storage;

namespace JobWatcher.Polling;

/// <summary>
/// Keeps the store from growing without end, once a day and soon after the start (rule C5 of the protocol). It goes in
/// short transactions, so that polls never wait long for the writer.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="watches">The targets that are watched; of others the store keeps all until it goes whole (rule D7).</param>
/// <param name="options">How long what is kept.</param>
/// <param name="time">The clock of the loop.</param>
/// <param name="logger">Where faults go.</param>
internal sealed partial class Retention(
    IWatchStore store, TargetWatches watches, RetentionOptions options, TimeProvider time, ILogger<Retention> logger)
{
    private const int RowsAtOnce = 500;
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    // After the start's rush, and again after a fault or while no cloud has told the time.
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private bool _failing;

    /// <summary>Lets go of what is old, until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var pause = Soon;
        while (true)
        {
            await Task.Delay(pause, time, stopping);
            pause = await PassAsync(stopping) ? Daily : Soon;
        }
    }

    /// <summary>Goes through the store once; a store that fails is told.</summary>
    /// <returns>Whether all went that is old; false too while no cloud has told the time.</returns>
    public async Task<bool> PassAsync(CancellationToken stopping)
    {
        if (watches.EarliestCloudNow is not { } cloudNow)
        {
            return false;
        }

        // Any clock may be years ahead, and what is deleted does not come back.
        var own = time.GetUtcNow();
        var now = own < cloudNow ? own : cloudNow;

        try
        {
            await PassAllAsync(now, stopping);
            _failing = false;
            return true;
        }
        catch (StoreException exception)
        {
            if (!_failing)
            {
                Log.HistoryKept(logger, exception.Message);
            }

            _failing = true;
            return false;
        }
    }

    private async Task PassAllAsync(DateTimeOffset now, CancellationToken stopping)
    {
        foreach (var target in await store.ReadTargetNamesAsync(stopping))
        {
            await PassAsync(target, now, stopping);
        }
    }

    private async Task PassAsync(string target, DateTimeOffset now, CancellationToken stopping)
    {
        var oldest = now - options.History;
        var isWatched = watches.Find(target) is not null;
        if (isWatched)
        {
            await ForgetJobsAsync(target, now - RetentionOptions.GoneJobs, stopping);
        }
        else
        {
            await store.BeginRetirementAsync(target, oldest, stopping);
        }

        await PruneAsync(target, oldest, stopping);
        if (!isWatched && await store.EndRetirementAsync(target, oldest, stopping))
        {
            Log.TargetForgotten(logger, target);
        }
    }

    private async Task ForgetJobsAsync(string target, DateTimeOffset goneBefore, CancellationToken stopping)
    {
        while (await store.ForgetJobsAsync(target, goneBefore, RowsAtOnce, stopping) == RowsAtOnce)
        {
            stopping.ThrowIfCancellationRequested();
        }
    }

    private async Task PruneAsync(string target, DateTimeOffset observedBefore, CancellationToken stopping)
    {
        long? last = 0;
        while (last is { } sequence)
        {
            last = await store.PruneLogAsync(target, observedBefore, sequence, RowsAtOnce, stopping);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.HistoryKept, LogLevel.Warning,
            "What is older than its retention cannot be deleted from the store now; it will be. {Reason}",
            EventName = nameof(EventIds.HistoryKept))]
        public static partial void HistoryKept(ILogger logger, string reason);

        [LoggerMessage(
            EventIds.TargetForgotten, LogLevel.Information,
            "Target {Target} has not been watched for as long as history is kept, so the store forgot it.",
            EventName = nameof(EventIds.TargetForgotten))]
        public static partial void TargetForgotten(ILogger logger, string target);
    }
}
