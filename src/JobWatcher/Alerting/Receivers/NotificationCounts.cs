using System.Collections.Concurrent;

namespace JobWatcher.Alerting.Receivers;

/// <summary>Counts the attempts to notify receivers since the process started. Safe for several threads.</summary>
internal sealed class NotificationCounts
{
    private readonly ConcurrentDictionary<(string Receiver, NotificationOutcome Outcome), long> _counts = new();

    /// <summary>Counts attempts with one outcome.</summary>
    /// <param name="receiver">The receiver's name.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="count">How many notifications: a batch counts each of its alerts.</param>
    public void Count(string receiver, NotificationOutcome outcome, int count = 1) =>
        _counts.AddOrUpdate((receiver, outcome), count, (_, before) => before + count);

    /// <summary>Forgets all receivers but those with these names: one that comes back begins at 0 like any other new one.</summary>
    public void KeepOnly(IReadOnlySet<string> receivers)
    {
        foreach (var gone in _counts.Keys.Where(key => !receivers.Contains(key.Receiver)))
        {
            _counts.TryRemove(gone, out _);
        }
    }

    /// <summary>How many a receiver had of an outcome.</summary>
    public long Of(string receiver, NotificationOutcome outcome) => _counts.GetValueOrDefault((receiver, outcome));
}
