using System.Collections.Concurrent;

namespace JobWatcher.Alerting.Receivers;

/// <summary>How many notifications each receiver has not accepted yet. Safe for several threads.</summary>
internal sealed class PendingNotifications
{
    private readonly ConcurrentDictionary<string, Func<long>> _receivers = new(StringComparer.Ordinal);

    /// <summary>What each known receiver has not accepted now, by name.</summary>
    public IReadOnlyList<(string Receiver, long Count)> All =>
        [.. _receivers.OrderBy(receiver => receiver.Key, StringComparer.Ordinal).Select(receiver => (receiver.Key, receiver.Value()))];

    /// <summary>A receiver is there from now on.</summary>
    /// <param name="receiver">Its name.</param>
    /// <param name="count">Counts what it has not accepted; called at each scrape.</param>
    public void Add(string receiver, Func<long> count) => _receivers[receiver] = count;

    /// <summary>Forgets all receivers but those with these names.</summary>
    public void KeepOnly(IReadOnlySet<string> receivers)
    {
        foreach (var gone in _receivers.Keys.Where(name => !receivers.Contains(name)))
        {
            _receivers.TryRemove(gone, out _);
        }
    }
}
