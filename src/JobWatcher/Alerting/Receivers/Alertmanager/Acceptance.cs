namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>That a receiver took an alert.</summary>
/// <param name="Time">When it first did, by the cloud's clock.</param>
/// <param name="IsSaved">Whether the store knows: without that, the next process would tell the alert as new.</param>
internal readonly record struct Acceptance(DateTimeOffset Time, bool IsSaved);
