using System.Collections.Immutable;
using JobWatcher.Alerting.Receivers;
using JobWatcher.Alerts;

namespace JobWatcher.Alerting;

/// <summary>Says which of the board's alerts that ended are still needed.</summary>
internal delegate IEnumerable<AlertId> AlertHolder(IReadOnlyCollection<Alert> alerts);

/// <summary>
/// The alerts that matter now, as they are committed: those that fire, and those that ended a while ago. What shows or
/// sends alerts looks here, so that it goes on while the store is away (rule A8 of the protocol). Safe for several threads.
/// </summary>
internal sealed class AlertBoard
{
    /// <summary>How long an alert stays here after its end was seen: as long as a receiver that is away is tried.</summary>
    public static readonly TimeSpan KeepsEnded = GivingUp.After;

    private const int MostSavedAtOnce = 500;

    private readonly Lock _lock = new();
    private readonly HashSet<AlertId> _shownUnsaved = [];
    private ImmutableDictionary<AlertId, Alert> _alerts = ImmutableDictionary<AlertId, Alert>.Empty;
    private ImmutableDictionary<string, ImmutableHashSet<AlertId>> _byTarget =
        ImmutableDictionary.Create<string, ImmutableHashSet<AlertId>>(StringComparer.Ordinal);

    private ImmutableList<AlertHolder> _holders = [];
    private int _isStale = 1;

    /// <summary>Raised after each change, on the thread that made it.</summary>
    public event EventHandler? Changed;

    /// <summary>All of this moment, in no order.</summary>
    public IReadOnlyCollection<Alert> All => [.. Volatile.Read(ref _alerts).Values];

    /// <summary>The targets that have any.</summary>
    public IReadOnlyCollection<string> Targets => [.. Volatile.Read(ref _byTarget).Keys];

    /// <summary>Whether the store may hold more than was taken in: before the first reading, and after a commit of unknown end.</summary>
    public bool IsStale => Volatile.Read(ref _isStale) != 0;

    /// <summary>The alerts of a target.</summary>
    public IReadOnlyList<Alert> Of(string target)
    {
        lock (_lock)
        {
            return _byTarget.TryGetValue(target, out var ids) ? [.. ids.Select(id => _alerts[id])] : [];
        }
    }

    /// <summary>Whether any of a target's fires.</summary>
    public bool IsFiring(string target) => Of(target).Any(alert => alert.IsFiring);

    /// <summary>The store may hold more than was taken in.</summary>
    public void Doubt() => Volatile.Write(ref _isStale, 1);

    /// <summary>Takes in what the store holds, over what is here already: a commit may have come in between.</summary>
    /// <param name="read">Reads the store.</param>
    public async Task ReadAsync(Func<Task<IReadOnlyList<Alert>>> read)
    {
        // Before the reading: what is doubted meanwhile needs another one.
        Volatile.Write(ref _isStale, 0);
        try
        {
            Put(await read());
        }
        catch
        {
            Doubt();
            throw;
        }
    }

    /// <summary>Takes in what was committed.</summary>
    public void Take(AlertChanges changes) => Put([.. changes.Started, .. changes.Ended]);

    /// <summary>An answered scrape has shown these alerts.</summary>
    public void Shown(IReadOnlyCollection<Alert> alerts)
    {
        lock (_lock)
        {
            foreach (var alert in alerts)
            {
                if (_alerts.GetValueOrDefault(alert.Id) is { IsShown: false } known)
                {
                    _alerts = _alerts.SetItem(known.Id, known with { IsShown = true });
                    _shownUnsaved.Add(known.Id);
                }
            }

            if (_shownUnsaved.Count == 0)
            {
                return;
            }
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Saves which alerts were shown, so that the next process knows.</summary>
    public async Task SaveShownAsync(Func<IReadOnlyCollection<AlertId>, Task> save)
    {
        AlertId[] shown;
        lock (_lock)
        {
            shown = [.. _shownUnsaved];
        }

        // A commit holds the store's only writer, for which polls wait.
        foreach (var some in shown.Chunk(MostSavedAtOnce))
        {
            await save(some);
            lock (_lock)
            {
                _shownUnsaved.ExceptWith(some);
            }
        }
    }

    /// <summary>
    /// Somebody says from now on which of the alerts that ended are still needed; before anybody does, all are.
    /// </summary>
    public void Hold(AlertHolder holder) => ImmutableInterlocked.Update(ref _holders, static (all, added) => all.Add(added), holder);

    /// <summary>Somebody needs nothing any more.</summary>
    public void Release(AlertHolder holder) =>
        ImmutableInterlocked.Update(ref _holders, static (all, gone) => all.Remove(gone), holder);

    /// <summary>
    /// Forgets alerts that ended, were shown for long enough and are needed by nobody; at the latest those whose end was
    /// seen <see cref="KeepsEnded"/> ago.
    /// </summary>
    /// <param name="nowOf">The time by the clock of a target's cloud; null where it is not known, when its alerts stay.</param>
    /// <param name="minActive">How long alerts are shown at least.</param>
    public void Forget(Func<string, DateTimeOffset?> nowOf, TimeSpan minActive)
    {
        var all = All;
        if (all.All(alert => alert.IsFiring))
        {
            return;
        }

        var holders = _holders;
        var needed = holders.SelectMany(holder => holder(all)).ToHashSet();
        foreach (var alert in all.Where(alert => !alert.IsFiring && IsOver(alert)))
        {
            lock (_lock)
            {
                _shownUnsaved.Remove(alert.Id);
                _alerts = _alerts.Remove(alert.Id);
                var left = _byTarget[alert.Key.Target].Remove(alert.Id);
                _byTarget = left.IsEmpty ? _byTarget.Remove(alert.Key.Target) : _byTarget.SetItem(alert.Key.Target, left);
            }
        }

        bool IsOver(Alert alert) => nowOf(alert.Key.Target) is { } now &&
            (alert.EndSeenTime + KeepsEnded < now || IsDone(alert, now));

        bool IsDone(Alert alert, DateTimeOffset now) => !holders.IsEmpty && !needed.Contains(alert.Id) &&
            alert.IsShown && now - alert.SeenSince >= minActive && !IsUnsaved(alert.Id);
    }

    private bool IsUnsaved(AlertId alert)
    {
        lock (_lock)
        {
            return _shownUnsaved.Contains(alert);
        }
    }

    private void Put(IReadOnlyList<Alert> alerts)
    {
        if (alerts.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var alert in alerts)
            {
                var known = _alerts.GetValueOrDefault(alert.Id);
                // An end is final: a reading that began before it must not undo it.
                if (known is not { IsFiring: false })
                {
                    _alerts = _alerts.SetItem(alert.Id, alert with { IsShown = alert.IsShown || known?.IsShown == true });
                }
            }

            foreach (var group in alerts.GroupBy(alert => alert.Key.Target, StringComparer.Ordinal))
            {
                var ids = _byTarget.GetValueOrDefault(group.Key, []);
                _byTarget = _byTarget.SetItem(group.Key, ids.Union(group.Select(alert => alert.Id)));
            }
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }
}
