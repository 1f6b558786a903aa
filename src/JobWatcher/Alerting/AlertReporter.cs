using JobWatcher.Alerts;
using JobWatcher.Reporting;
using JobWatcher.Storage;

namespace JobWatcher.Alerting;

/// <summary>
/// Writes the start and the end of each alert to the log (events 1201 and 1202), at least once, and notes in the store
/// which alerts a scrape has shown (rule A6 of the protocol).
/// </summary>
internal sealed partial class AlertReporter : IDisposable
{
    private const int BatchSize = 100;

    private readonly IWatchStore _store;
    private readonly AlertBoard _board;
    private readonly AuditLog _audit;
    private readonly TimeProvider _time;
    private readonly DrainLoop _loop;

    // What was told while the store could not note it: only the next process tells it again.
    private readonly HashSet<(AlertId Alert, bool IsEnd)> _told = [];

    /// <summary>Creates the reporter, which wakes at each change of an alert.</summary>
    public AlertReporter(
        IWatchStore store, AlertBoard board, AuditLog audit, TimeProvider time, ILogger<AlertReporter> logger)
    {
        (_store, _board, _audit, _time) = (store, board, audit, time);
        _loop = new DrainLoop(reason => Log.AlertsUnreported(logger, reason), time);
        board.Changed += OnChanged;
    }

    /// <summary>Reports what the last process left, then what is committed, until told to stop.</summary>
    public Task RunAsync(CancellationToken stopping) => _loop.RunAsync(DrainAsync, stopping);

    /// <summary>Reports all that is committed now.</summary>
    /// <exception cref="StoreException">The store is away.</exception>
    /// <exception cref="AggregateException">The log cannot be written.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await _store.ReadUntoldAlertsAsync(BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            foreach (var untold in batch)
            {
                Tell(untold);
            }

            // Told is told: a stop must not let the next process tell a whole batch again.
            await _store.MarkToldAsync(batch, CancellationToken.None);
            _told.Clear();
        }

        await _board.SaveShownAsync(shown => _store.MarkShownAsync(shown, CancellationToken.None));
    }

    /// <inheritdoc/>
    public void Dispose() => _board.Changed -= OnChanged;

    private void OnChanged(object? sender, EventArgs change) => _loop.Wake();

    private void Tell(UntoldAlert untold)
    {
        var now = _time.GetUtcNow();
        var (start, end) = ((untold.Alert.Id, IsEnd: false), (untold.Alert.Id, IsEnd: true));
        if (!untold.IsStartTold && !_told.Contains(start))
        {
            _audit.Write(AlertEvent.OfStart(untold.Alert, now));
            _told.Add(start);
        }

        if (!untold.Alert.IsFiring && !_told.Contains(end))
        {
            _audit.Write(AlertEvent.OfEnd(untold.Alert, now));
            _told.Add(end);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.AlertsUnreported, LogLevel.Error,
            "Alerts are committed but cannot be reported now; they will be. {Reason}",
            EventName = nameof(EventIds.AlertsUnreported))]
        public static partial void AlertsUnreported(ILogger logger, string reason);
    }
}
