
namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>What the senders of one receiver share.</summary>
internal sealed record PostSource
{
    /// <summary>The receiver's name.</summary>
    public required string Receiver { get; init; }

    /// <summary>Its rules.</summary>
    public required PostRules Rules { get; init; }

    /// <summary>The alerts.</summary>
    public required IAlertsToSend Alerts { get; init; }

    /// <summary>What it took.</summary>
    public required AcceptedPosts Accepted { get; init; }

    /// <summary>Told when it took an alert for the first time, so that this is saved.</summary>
    public required Action FirstAccepted { get; init; }

    /// <summary>How people reach JobWatcher's pages; null where nobody said.</summary>
    public Uri? ExternalUrl { get; init; }

    /// <summary>What is to be told now.</summary>
    public PostAgenda Agenda() => PostAgenda.Of(Alerts.All, Accepted.Of, Rules, Alerts.CloudNow);
}
