using JobWatcher.Alerts;
using JobWatcher.Storage;

namespace JobWatcher.Tests.Alerting.Receivers;

/// <summary>A store in memory of what receivers took.</summary>
internal sealed class MemoryPosts : IPostStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Receiver, AlertId Alert), DateTimeOffset> _posts = [];
    private volatile bool _isDown;

    /// <summary>While set, every call fails.</summary>
    public bool IsDown
    {
        get => _isDown;
        set => _isDown = value;
    }

    /// <summary>Since when receivers that are taken up are told.</summary>
    public DateTimeOffset Since { get; set; } = DateTimeOffset.UnixEpoch;

    public IReadOnlyCollection<AlertId> Saved
    {
        get
        {
            lock (_lock)
            {
                return [.. _posts.Keys.Select(key => key.Alert)];
            }
        }
    }

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> TakeUpReceiversAsync(
        IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        Do<IReadOnlyDictionary<string, DateTimeOffset>>(
            () => names.ToDictionary(name => name, _ => Since, StringComparer.Ordinal));

    public Task CheckWriteAsync(CancellationToken cancellationToken) => Do(() => true);

    public Task<IReadOnlyDictionary<AlertId, DateTimeOffset>> ReadPostsAsync(
        string receiver, CancellationToken cancellationToken) =>
        Do<IReadOnlyDictionary<AlertId, DateTimeOffset>>(() => _posts
            .Where(post => post.Key.Receiver == receiver)
            .ToDictionary(post => post.Key.Alert, post => post.Value));

    public Task MarkAcceptedAsync(
        string receiver, IReadOnlyDictionary<AlertId, DateTimeOffset> accepted, CancellationToken cancellationToken) =>
        Do(() => accepted.Count(post => _posts.TryAdd((receiver, post.Key), post.Value)));

    public Task<int> ForgetPostsAsync(DateTimeOffset endSeenBefore, CancellationToken cancellationToken) => Do(() => 0);

    private Task<T> Do<T>(Func<T> action)
    {
        if (IsDown)
        {
            return Task.FromException<T>(new StoreException("The disk is full."));
        }

        lock (_lock)
        {
            return Task.FromResult(action());
        }
    }
}
