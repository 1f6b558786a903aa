using System.Collections.Concurrent;
using JobWatcher.Alerts;
using JobWatcher.Storage;

namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>Which alerts a receiver took, in memory and in the store. Safe for several threads; one saves at a time.</summary>
/// <param name="receiver">The receiver's name.</param>
/// <param name="time">Measures how long it took to save.</param>
internal sealed class AcceptedPosts(string receiver, TimeProvider time)
{
    // A commit holds the store's only writer, for which polls wait.
    private const int MostSavedAtOnce = 500;

    private readonly ConcurrentDictionary<AlertId, Acceptance> _posts = new();
    private readonly ConcurrentDictionary<AlertId, (DateTimeOffset Time, long Timestamp)> _unsaved = new();
    private readonly Dictionary<AlertId, long> _goneSince = [];

    /// <summary>Whether the receiver took an alert, and when it first did.</summary>
    public Acceptance? Of(AlertId alert) => _posts.TryGetValue(alert, out var acceptance) ? acceptance : null;

    /// <summary>The receiver took an alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="now">The time by the cloud's clock.</param>
    /// <returns>Whether that was the first time.</returns>
    public bool Accept(AlertId alert, DateTimeOffset now)
    {
        if (!_posts.TryAdd(alert, new Acceptance(now, Saved: null)))
        {
            return false;
        }

        _unsaved[alert] = (now, time.GetTimestamp());
        return true;
    }

    /// <summary>Takes in what former processes saved.</summary>
    /// <returns>How much that is.</returns>
    /// <exception cref="StoreException">The store is away.</exception>
    public async Task<int> LoadAsync(IPostStore store, CancellationToken cancellationToken)
    {
        foreach (var (alert, accepted) in await store.ReadPostsAsync(receiver, cancellationToken))
        {
            _posts[alert] = new Acceptance(accepted, Saved: accepted);
        }

        return _posts.Count;
    }

    /// <summary>Saves what is not saved.</summary>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="StoreException">The store is away.</exception>
    public async Task<bool> SaveAsync(IPostStore store, CancellationToken cancellationToken)
    {
        var any = false;
        while (_unsaved.Take(MostSavedAtOnce).ToDictionary() is { Count: > 0 } batch)
        {
            // A stop must not leave open what the receiver was told.
            cancellationToken.ThrowIfCancellationRequested();
            var times = batch.ToDictionary(post => post.Key, post => post.Value.Time);
            await store.MarkAcceptedAsync(receiver, times, CancellationToken.None);
            foreach (var (alert, (accepted, timestamp)) in batch)
            {
                _posts[alert] = new Acceptance(accepted, accepted + time.GetElapsedTime(timestamp));
                _unsaved.TryRemove(alert, out _);
            }

            any = true;
        }

        return any;
    }

    /// <summary>
    /// Forgets alerts that have been gone for longer than the store may give them back: an alert that was read again, and
    /// that nobody seemed to have taken, would fire anew. Those that were never there are not gone yet: right after a start
    /// alerts are known later than what was taken.
    /// </summary>
    /// <param name="there">The alerts that are there.</param>
    public void ForgetAllBut(IReadOnlySet<AlertId> there)
    {
        var now = time.GetTimestamp();
        foreach (var alert in _posts.Keys)
        {
            if (there.Contains(alert))
            {
                _goneSince.Remove(alert);
            }
            else if (!_goneSince.TryAdd(alert, now) && time.GetElapsedTime(_goneSince[alert], now) > AlertBoard.KeepsEnded)
            {
                _goneSince.Remove(alert);
                _posts.TryRemove(alert, out _);
            }
        }
    }
}
