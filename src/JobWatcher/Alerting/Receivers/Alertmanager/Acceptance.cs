namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>That a receiver took an alert.</summary>
/// <param name="Time">When it first did, by the cloud's clock.</param>
/// <param name="Saved">
/// When the store knew of it, by that clock; null while it does not: then the next process would tell the alert as new.
/// </param>
internal readonly record struct Acceptance(DateTimeOffset Time, DateTimeOffset? Saved);
