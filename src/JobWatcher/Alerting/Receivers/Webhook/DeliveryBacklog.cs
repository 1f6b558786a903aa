namespace JobWatcher.Alerting.Receivers.Webhook;

/// <summary>What a webhook has not accepted yet.</summary>
/// <param name="Count">How many deliveries.</param>
/// <param name="NextTry">When the next of them may be claimed, by the watcher's clock; null where none is there.</param>
internal sealed record DeliveryBacklog(long Count, DateTimeOffset? NextTry);
