using JobWatcher.Alerts;

namespace JobWatcher.Storage;

/// <summary>
/// What receivers of alerts took, so that a restart tells nobody anything twice. Every method is safe to call from several
/// threads; each write is one transaction.
/// </summary>
internal interface IPostStore
{
    /// <summary>
    /// Makes the given receivers known and forgets all others: one that comes back later starts at the present, as a new
    /// one does.
    /// </summary>
    /// <returns>
    /// For each, when the end of an alert was last seen before it became known: what ended until then is none of its business.
    /// </returns>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> TakeUpReceiversAsync(
        IReadOnlyCollection<string> names, CancellationToken cancellationToken);

    /// <summary>Writes what leaves nothing behind: one that cannot be written, as on a full disk, can often be read.</summary>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    Task CheckWriteAsync(CancellationToken cancellationToken);

    /// <summary>Reads when a receiver first took each alert.</summary>
    Task<IReadOnlyDictionary<AlertId, DateTimeOffset>> ReadPostsAsync(string receiver, CancellationToken cancellationToken);

    /// <summary>A receiver took alerts for the first time; what is known already stays.</summary>
    Task MarkAcceptedAsync(
        string receiver, IReadOnlyDictionary<AlertId, DateTimeOffset> accepted, CancellationToken cancellationToken);

    /// <summary>Deletes what is known of alerts whose end was seen before a time, or that are not there any more.</summary>
    /// <returns>How many.</returns>
    Task<int> ForgetPostsAsync(DateTimeOffset endSeenBefore, CancellationToken cancellationToken);
}
