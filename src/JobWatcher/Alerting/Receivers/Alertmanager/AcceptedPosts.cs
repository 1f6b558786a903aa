using System.Collections.Concurrent;
using JobWatcher.Storage;

namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>Which alerts a receiver took, in memory and in the store. Safe for several threads; one saves at a time.</summary>
/// <param name="receiver">The receiver's name.</param>
internal sealed class AcceptedPosts(string receiver)
{
    // A commit holds the store's only writer, for which polls wait.
    private const int MostSavedAtOnce = 500;

    private readonly ConcurrentDictionary<AlertId, Acceptance> _posts = new();
    private readonly ConcurrentDictionary<AlertId, DateTimeOffset> _unsaved = new();

    /// <summary>Whether the receiver took an alert, and when it first did.</summary>
    public Acceptance? Of(AlertId alert) => _posts.TryGetValue(alert, out var acceptance) ? acceptance : null;

    /// <summary>The receiver took an alert.</summary>
    /// <returns>Whether that was the first time.</returns>
    public bool Accept(AlertId alert, DateTimeOffset time)
    {
        if (!_posts.TryAdd(alert, new Acceptance(time, IsSaved: false)))
        {
            return false;
        }

        _unsaved[alert] = time;
        return true;
    }

    /// <summary>Takes in what former processes saved.</summary>
    /// <returns>How much that is.</returns>
    /// <exception cref="StoreException">The store is away.</exception>
    public async Task<int> LoadAsync(IPostStore store, CancellationToken cancellationToken)
    {
        foreach (var (alert, time) in await store.ReadPostsAsync(receiver, cancellationToken))
        {
            _posts[alert] = new Acceptance(time, IsSaved: true);
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
            await store.MarkAcceptedAsync(receiver, batch, CancellationToken.None);
            foreach (var (alert, time) in batch)
            {
                _posts[alert] = new Acceptance(time, IsSaved: true);
                _unsaved.TryRemove(alert, out _);
            }

            any = true;
        }

        return any;
    }

    /// <summary>Forgets alerts that are not there any more.</summary>
    public void ForgetAllBut(IReadOnlySet<AlertId> alerts)
    {
        foreach (var alert in _posts.Keys.Where(alert => !alerts.Contains(alert) && !_unsaved.ContainsKey(alert)))
        {
            _posts.TryRemove(alert, out _);
        }
    }
}
