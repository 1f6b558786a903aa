namespace JobWatcher.Alerts.Deliveries;

/// <summary>One change of an alert that a webhook has not accepted yet, as the store holds it.</summary>
internal sealed record Delivery
{
    /// <summary>What it is.</summary>
    public required DeliveryKey Key { get; init; }

    /// <summary>The alert as it was at this change: one that has ended since still fires in the delivery that tells its start.</summary>
    public required Alert Alert { get; init; }

    /// <summary>When the change was committed, by the watcher's clock.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>How many attempts have failed.</summary>
    public required int Attempts { get; init; }

    /// <summary>Until when nobody else may send it: what is settled later than that may have been claimed again.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }
}
