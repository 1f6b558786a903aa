namespace JobWatcher.Alerts.Deliveries;

/// <summary>What becomes of a claimed delivery after an attempt.</summary>
/// <param name="Delivery">The delivery as it was claimed.</param>
/// <param name="Retry">When to try again, and why; null where it is done with.</param>
internal sealed record SettledDelivery(Delivery Delivery, DeliveryRetry? Retry);

/// <summary>Another attempt at a delivery.</summary>
/// <param name="Time">Not before this time, by the watcher's clock.</param>
/// <param name="Attempts">How many attempts have failed.</param>
/// <param name="Error">What went wrong last, without secrets; null where nothing did.</param>
internal sealed record DeliveryRetry(DateTimeOffset Time, int Attempts, string? Error);
