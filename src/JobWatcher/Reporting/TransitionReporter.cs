using System.Collections.Concurrent;
using JobWatcher.Storage;

namespace JobWatcher.Reporting;

/// <summary>
/// Drains the committed transitions of all targets from a durable cursor into log events (rule R1 of the protocol). The
/// cursor moves after the write has returned, so an event is written at least once, by this process or the next.
/// </summary>
internal sealed partial class TransitionReporter(
    IWatchStore store, TransitionLogger transitionLogger, TimeProvider time, ILogger<TransitionReporter> logger)
{
    /// <summary>The name of the cursor, and the label <c>reporter</c>.</summary>
    public const string Name = "log";

    private const int BatchSize = 100;
    private readonly ConcurrentDictionary<string, long> _unreported = new(StringComparer.Ordinal);
    private readonly DrainLoop _loop = new(reason => Log.TransitionsUnreported(logger, reason), time);

    // What was told while the store could not note it: only the next process tells it again.
    private readonly Dictionary<string, long> _told = new(StringComparer.Ordinal);

    /// <summary>How many transitions of a target are committed, but not reported yet.</summary>
    public long Unreported(string target) => _unreported.GetValueOrDefault(target);

    /// <summary>Transitions were committed.</summary>
    public void Committed(string target, IReadOnlyCollection<CommittedTransition> transitions)
    {
        if (transitions.Count > 0)
        {
            _unreported.AddOrUpdate(target, transitions.Count, (_, before) => before + transitions.Count);
            Wake();
        }
    }

    /// <summary>The log may hold transitions that nobody told of.</summary>
    public void Wake() => _loop.Wake();

    /// <summary>Reports what the last process left, then what is committed, until told to stop.</summary>
    public Task RunAsync(CancellationToken stopping) => _loop.RunAsync(DrainAsync, stopping);

    /// <summary>Reports all that is committed now.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        foreach (var cursor in await store.ReadCursorsAsync(Name, cancellationToken))
        {
            await DrainAsync(cursor, cancellationToken);
        }
    }

    private async Task DrainAsync(ReportCursor cursor, CancellationToken cancellationToken)
    {
        var reported = cursor.Reported;
        _unreported[cursor.Target] = cursor.Committed - reported;
        if (_told.TryGetValue(cursor.Target, out var told))
        {
            reported = await MoveAsync(cursor.Target, reported, told);
        }

        while (reported < cursor.Committed)
        {
            var batch = await store.ReadTransitionsAsync(cursor.Target, reported, BatchSize, cancellationToken);
            if (batch.Count == 0)
            {
                return;
            }

            foreach (var committed in batch)
            {
                transitionLogger.Write(committed);
                _told[cursor.Target] = committed.Sequence;
            }

            reported = await MoveAsync(cursor.Target, reported, batch[^1].Sequence);
        }
    }

    private async Task<long> MoveAsync(string target, long from, long to)
    {
        // Told is told: a stop must not let the next reader of the cursor tell a whole batch again.
        await store.MoveCursorAsync(Name, target, to, CancellationToken.None);
        _told.Remove(target);
        _unreported.AddOrUpdate(target, 0, (_, before) => Math.Max(0, before - (to - from)));
        return to;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.TransitionsUnreported, LogLevel.Error,
            "Transitions are committed but cannot be reported now; they will be. {Reason}",
            EventName = nameof(EventIds.TransitionsUnreported))]
        public static partial void TransitionsUnreported(ILogger logger, string reason);
    }
}
