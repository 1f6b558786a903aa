using JobWatcher.Configuration.Alerting;

namespace JobWatcher.Alerting.Receivers;

/// <summary>Where alerts are sent, and what all receivers share.</summary>
internal sealed record ReceiverPlan
{
    /// <summary>Alerts go nowhere but to metrics and log.</summary>
    public static readonly ReceiverPlan None = new();

    /// <summary>The receivers, by unique names.</summary>
    public IReadOnlyList<ReceiverConfiguration> Receivers { get; init; } = [];

    /// <summary>The names of those that are webhooks.</summary>
    public IReadOnlyList<string> Webhooks => [.. Receivers.OfType<WebhookConfiguration>().Select(webhook => webhook.Name)];

    /// <summary>The dead man's switch; null for none.</summary>
    public HeartbeatConfiguration? Heartbeat { get; init; }

    /// <summary>How long an alert is shown at least (rule A6 of the protocol).</summary>
    public TimeSpan MinActive { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How people reach JobWatcher's pages; null where nobody said.</summary>
    public Uri? ExternalUrl { get; init; }

    /// <inheritdoc/>
    public bool Equals(ReceiverPlan? other) =>
        other is not null && Receivers.SequenceEqual(other.Receivers) && Heartbeat == other.Heartbeat &&
        MinActive == other.MinActive && ExternalUrl == other.ExternalUrl;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Receivers.Count, Heartbeat, MinActive, ExternalUrl);
}
