using JobWatcher.Alerting.Receivers.Webhook;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.Storage;

namespace JobWatcher.Tests.Alerting.Receivers.Webhook;

/// <summary>An outbox of which a test breaks the writing of results.</summary>
internal sealed class FaultyOutbox(IDeliveryStore store) : IDeliveryStore
{
    /// <summary>While set, no result can be written.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often a result could not be written.</summary>
    public int Failures { get; private set; }

    public Task<IReadOnlyList<Delivery>> ClaimDeliveriesAsync(
        string receiver, int most, DateTimeOffset now, DateTimeOffset leaseUntil, CancellationToken cancellationToken) =>
        store.ClaimDeliveriesAsync(receiver, most, now, leaseUntil, cancellationToken);

    public Task SettleDeliveriesAsync(
        IReadOnlyCollection<SettledDelivery> settled, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!IsDown)
        {
            return store.SettleDeliveriesAsync(settled, now, cancellationToken);
        }

        Failures++;
        throw new StoreException("The store is away.");
    }

    public Task<IReadOnlyList<Delivery>> ExpireDeliveriesAsync(
        string receiver, DateTimeOffset createdBefore, int most, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.ExpireDeliveriesAsync(receiver, createdBefore, most, now, cancellationToken);

    public Task<DeliveryBacklog> ReadBacklogAsync(string receiver, CancellationToken cancellationToken) =>
        store.ReadBacklogAsync(receiver, cancellationToken);

    public Task KeepDeliveriesOfAsync(IReadOnlyCollection<string> receivers, CancellationToken cancellationToken) =>
        store.KeepDeliveriesOfAsync(receivers, cancellationToken);
}
