using JobWatcher.Alerting;
using JobWatcher.Alerting.Receivers;

namespace JobWatcher.Tests.Alerting.Receivers.Webhook;

/// <summary>Alerts of which webhooks see no more than that something changed: the rest is in their outbox.</summary>
internal sealed class SignalledAlerts : IAlertsToSend
{
    private Action? _changed;

    public IReadOnlyCollection<Alert> All => [];

    /// <summary>Whether anybody listens.</summary>
    public bool IsHeard => Volatile.Read(ref _changed) is not null;

    public DateTimeOffset? CloudNow(string target) => null;

    public void Subscribe(Action changed) => Volatile.Write(ref _changed, changed);

    public void Unsubscribe(Action changed) => Volatile.Write(ref _changed, null);

    public void Change() => Volatile.Read(ref _changed)?.Invoke();
}
