using JobWatcher.Alerting.Receivers.Webhook;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.Storage.Rows;

namespace JobWatcher.Storage.Sqlite;

/// <content>The outbox of webhooks.</content>
internal sealed partial class SqliteWatchStore : IDeliveryStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Delivery>> ClaimDeliveriesAsync(
        string receiver, int most, DateTimeOffset now, DateTimeOffset leaseUntil, CancellationToken cancellationToken) =>
        Access.WriteAsync(
            session => DeliveryRows.ClaimAsync(session, receiver, most, now, leaseUntil), cancellationToken);

    /// <inheritdoc/>
    public Task SettleDeliveriesAsync(
        IReadOnlyCollection<SettledDelivery> settled, DateTimeOffset now, CancellationToken cancellationToken) =>
        Access.WriteAsync(session => DeliveryRows.SettleAsync(session, settled, now), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Delivery>> ExpireDeliveriesAsync(
        string receiver, DateTimeOffset createdBefore, int most, DateTimeOffset now, CancellationToken cancellationToken) =>
        Access.WriteAsync(
            session => DeliveryRows.ExpireAsync(session, receiver, createdBefore, most, now), cancellationToken);

    /// <inheritdoc/>
    public Task<DeliveryBacklog> ReadBacklogAsync(string receiver, CancellationToken cancellationToken) =>
        Access.ReadAsync(session => DeliveryRows.ReadBacklogAsync(session, receiver), cancellationToken);

    /// <inheritdoc/>
    public Task KeepDeliveriesOfAsync(IReadOnlyCollection<string> receivers, CancellationToken cancellationToken) =>
        Access.WriteAsync(session => DeliveryRows.KeepAsync(session, receivers), cancellationToken);
}
