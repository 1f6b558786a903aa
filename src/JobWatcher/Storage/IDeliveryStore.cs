using JobWatcher.Alerting.Receivers.Webhook;
using JobWatcher.Alerts.Deliveries;

namespace JobWatcher.Storage;

/// <summary>
/// The outbox of webhooks (rule A7 of the protocol). Every method is safe to call from several threads; each write is one
/// transaction. All times are by the watcher's clock, which the caller tells.
/// </summary>
internal interface IDeliveryStore
{
    /// <summary>
    /// Claims deliveries that are due, those first that have been due longest: of each alert only the oldest one that is
    /// not delivered, and none that another claim still holds. What a clock that was set back has put out of reach is due.
    /// </summary>
    /// <param name="receiver">The webhook's name.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="now">The time.</param>
    /// <param name="leaseUntil">When the claim runs out, in case that its process dies.</param>
    /// <param name="cancellationToken">Gives up before the transaction begins.</param>
    Task<IReadOnlyList<Delivery>> ClaimDeliveriesAsync(
        string receiver, int most, DateTimeOffset now, DateTimeOffset leaseUntil, CancellationToken cancellationToken);

    /// <summary>
    /// Writes what became of claimed deliveries. The next one of the alert of each that is done is due from now on. One
    /// that was claimed again since its claim ran out stays as it is.
    /// </summary>
    Task SettleDeliveriesAsync(
        IReadOnlyCollection<SettledDelivery> settled, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes out deliveries that nobody holds and that were created at a time or before it, the oldest first.</summary>
    /// <returns>What was taken out.</returns>
    Task<IReadOnlyList<Delivery>> ExpireDeliveriesAsync(
        string receiver, DateTimeOffset createdBefore, int most, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Reads what a webhook has not accepted yet.</summary>
    Task<DeliveryBacklog> ReadBacklogAsync(string receiver, CancellationToken cancellationToken);

    /// <summary>Deletes the deliveries of all webhooks but the given: one that comes back later starts at the present.</summary>
    Task KeepDeliveriesOfAsync(IReadOnlyCollection<string> receivers, CancellationToken cancellationToken);
}
