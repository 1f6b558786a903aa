
namespace JobWatcher.Alerts.Deliveries;

/// <summary>What a delivery is: one change of an alert for one receiver.</summary>
/// <param name="Receiver">The receiver's name.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="Kind">The change.</param>
internal readonly record struct DeliveryKey(string Receiver, AlertId AlertId, DeliveryKind Kind)
{
    /// <summary>
    /// The identity of the event: the same for each attempt and each receiver, by any process, since it is made of the
    /// alert's. It holds no full stop, which parts what is signed.
    /// </summary>
    public string EventId => Kind is DeliveryKind.Firing ? $"{AlertId}-firing" : $"{AlertId}-resolved";
}
