
namespace JobWatcher.Alerts.Deliveries;

/// <summary>Which change of an alert a delivery tells. Their numbers order the deliveries of one alert, in the store too.</summary>
internal enum DeliveryKind
{
    /// <summary>It fires.</summary>
    Firing = 1,

    /// <summary>It has ended.</summary>
    Resolved = 2,
}
