
namespace JobWatcher.Alerts.Deliveries;

/// <summary>
/// Knows who is owed a delivery of each change of an alert, which the store writes in the commit of that change (rule A7 of
/// the protocol). Safe for several threads.
/// </summary>
internal sealed class AlertOutbox(TimeProvider time)
{
    private volatile IReadOnlyList<string> _webhooks = [];

    /// <summary>The names of the webhooks.</summary>
    public IReadOnlyList<string> Webhooks
    {
        get => _webhooks;
        set => _webhooks = value;
    }

    /// <summary>The deliveries of changes, a start before its end.</summary>
    public IEnumerable<Delivery> Owed(AlertChanges changes)
    {
        var now = time.GetUtcNow();
        return
            from change in changes.Started.Select(alert => (Alert: alert, Kind: DeliveryKind.Firing))
                .Concat(changes.Ended.Select(alert => (Alert: alert, Kind: DeliveryKind.Resolved)))
            from webhook in _webhooks
            select new Delivery
            {
                Key = new DeliveryKey(webhook, change.Alert.Id, change.Kind),
                Alert = change.Alert,
                Created = now,
                Attempts = 0,
            };
    }
}
