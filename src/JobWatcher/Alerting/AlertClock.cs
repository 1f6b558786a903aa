using JobWatcher.Alerts;
using JobWatcher.Polling.Targets;
using JobWatcher.Storage;

namespace JobWatcher.Alerting;

/// <summary>
/// Starts and ends alerts between polls: by time alone (rule C3 of the protocol), and where the configuration no longer
/// wants them (rule A5). It also reads from the store what this process has not seen committed.
/// </summary>
internal sealed class AlertClock(
    IWatchStore store, TargetWatches watches, AlertBoard board, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, WatchedAlerts> _watched = new(StringComparer.Ordinal);
    private bool _wasCloudTimeKnown;

    /// <summary>Looks every second until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            try
            {
                await LookAsync(stopping);
            }
            catch (StoreException)
            {
                // Polls tell that the store is away. Nothing starts or ends meanwhile (rule A8).
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Looks once at all targets.</summary>
    /// <exception cref="StoreException">The store is away.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var all = watches.All;
        // By the cloud's clock where one has told it, for our own may be days ahead.
        var cloudNow = watches.EarliestCloudNow;
        var now = cloudNow ?? time.GetUtcNow();
        var since = now - AlertBoard.KeepsEnded;
        if (cloudNow is not null)
        {
            // Each by its own cloud's clock: one that is years off must neither keep nor lose what others hold.
            board.Forget(
                target => watches.Find(target) is { } watch ? watch.CloudNow : now,
                all.Max(watch => watch.Target.Rules.MinActive));
            if (!_wasCloudTimeKnown)
            {
                // What was left out by our own clock is read now.
                board.Doubt();
            }

            _wasCloudTimeKnown = true;
        }

        if (board.IsStale)
        {
            await board.ReadAsync(() => store.ReadAlertsAsync(since, cancellationToken));
        }

        foreach (var watch in all)
        {
            var name = watch.Target.Name;
            if (!_watched.TryGetValue(name, out var watched) || watched.Watch != watch)
            {
                _watched[name] = watched = new WatchedAlerts(watch, time);
            }

            await LookAsync(watched, cancellationToken);
        }

        var names = all.Select(watch => watch.Target.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _watched.Keys.Except(names, StringComparer.Ordinal).ToList())
        {
            _watched.Remove(gone);
        }

        await EndRemovedAsync(names, now, cancellationToken);
    }

    private async Task LookAsync(WatchedAlerts watched, CancellationToken cancellationToken)
    {
        var sight = watched.Look();
        if (sight is not null && watched.IsUnreconciled(sight))
        {
            if (!board.IsFiring(watched.Watch.Target.Name) ||
                await CommitAsync(watched, firing => OrphanedAlerts.Of(firing, sight), cancellationToken))
            {
                watched.Reconciled(sight);
            }
        }

        if (watched.IsDue(board))
        {
            var now = watched.LookOrGuess();
            await CommitAsync(watched, firing => TimedAlerts.At(firing, now, watched.Watch.IsUnknown), cancellationToken);
        }
    }

    // False where a poll came first: the next look sees what it brought.
    private Task<bool> CommitAsync(
        WatchedAlerts watched, Func<IReadOnlyList<Alert>, AlertChanges> decide, CancellationToken cancellationToken) =>
        CommitAsync(watched.Watch.Target.Name, watched.Version, decide, cancellationToken);

    private async Task<bool> CommitAsync(
        string target,
        long? version,
        Func<IReadOnlyList<Alert>, AlertChanges> decide,
        CancellationToken cancellationToken)
    {
        try
        {
            var changes = await store.CommitAlertsAsync(target, version, decide, cancellationToken);
            board.Take(changes ?? AlertChanges.None);
            return changes is not null;
        }
        catch (StoreException)
        {
            // Where the disk failed during the commit itself, only a reading tells how it ended.
            board.Doubt();
            throw;
        }
    }

    private async Task EndRemovedAsync(
        HashSet<string> configured, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var target in board.Targets.Where(target => !configured.Contains(target) && board.IsFiring(target)))
        {
            await CommitAsync(
                target, version: null, firing => OrphanedAlerts.OfRemoved(firing, now), cancellationToken);
        }
    }
}
