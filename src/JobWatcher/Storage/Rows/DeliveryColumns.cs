using JobWatcher.Alerts;
using JobWatcher.Alerts.Deliveries;

namespace JobWatcher.Storage.Rows;

/// <summary>The columns of the table <c>deliveries</c>.</summary>
internal sealed record DeliveryColumns
{
    public required string Receiver { get; init; }

    public required string AlertId { get; init; }

    public required long Sequence { get; init; }

    public required long Created { get; init; }

    public required long Attempts { get; init; }

    public long? NextTry { get; init; }

    public long? LeaseUntil { get; init; }

    public string? LastError { get; init; }

    /// <summary>The columns of a delivery.</summary>
    public static DeliveryColumns Of(Delivery delivery) => new()
    {
        Receiver = delivery.Key.Receiver,
        AlertId = delivery.Key.AlertId.Value,
        Sequence = (long)delivery.Key.Kind,
        Created = delivery.Created.ToUnixTimeMilliseconds(),
        Attempts = delivery.Attempts,
        LeaseUntil = ColumnTime.ToColumn(delivery.LeaseUntil),
    };

    /// <summary>The columns of a delivery that is tried again.</summary>
    public static DeliveryColumns Of(SettledDelivery settled) => Of(settled.Delivery) with
    {
        Attempts = settled.Retry!.Attempts,
        NextTry = ColumnTime.ToColumn(settled.Retry.Time),
        LastError = settled.Retry.Error,
    };

    /// <summary>The delivery of the columns.</summary>
    /// <param name="alert">Its alert as it is now.</param>
    public Delivery ToDelivery(Alert alert)
    {
        var kind = (DeliveryKind)Sequence;
        return new Delivery
        {
            Key = new DeliveryKey(Receiver, alert.Id, kind),
            Alert = kind is DeliveryKind.Firing ? alert with { EndedTime = null, EndReason = null, EndSeenTime = null } : alert,
            Created = DateTimeOffset.FromUnixTimeMilliseconds(Created),
            Attempts = (int)Attempts,
            LeaseUntil = ColumnTime.FromColumn(LeaseUntil),
        };
    }
}
