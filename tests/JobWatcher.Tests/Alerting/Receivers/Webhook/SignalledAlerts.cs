using JobWatcher.Alerting;
using JobWatcher.Alerting.Receivers;
using JobWatcher.Alerts;

namespace JobWatcher.Tests.Alerting.Receivers.Webhook;

/// <summary>Alerts of which webhooks see no more than that something changed: the rest is in their outbox.</summary>
internal sealed class SignalledAlerts : IAlertsToSend
{
    public event EventHandler? Changed;

    public IReadOnlyCollection<Alert> All => [];

    /// <summary>Whether anybody listens.</summary>
    public bool IsHeard => Changed is not null;

    public DateTimeOffset? CloudNow(string target) => null;

    public void Change() => Changed?.Invoke(this, EventArgs.Empty);

    public void Hold(AlertHolder holder)
    {
        // Nothing is forgotten here but by the test.
    }

    public void Release(AlertHolder holder)
    {
        // Nothing was held.
    }
}
