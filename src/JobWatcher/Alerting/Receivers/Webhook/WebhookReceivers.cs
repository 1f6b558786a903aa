using JobWatcher.Alerts.Deliveries;
using JobWatcher.Background;
using JobWatcher.Configuration.Alerting;
using JobWatcher.Storage;

namespace JobWatcher.Alerting.Receivers.Webhook;

/// <summary>Runs the receivers of a plan that are webhooks, each in a loop of its own.</summary>
internal sealed class WebhookReceivers(
    AlertOutbox outbox, IDeliveryStore store, ReceiverParts parts, PendingNotifications pending)
{
    /// <summary>Runs them until told to stop, because the process ends or another plan is in force.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ended"/> fired.</exception>
    public async Task RunAsync(ReceiverPlan plan, CancellationToken ended)
    {
        // First: what is owed to a webhook that is gone would never be sent.
        outbox.Webhooks = plan.Webhooks;
        await UntilStored.RunAsync(() => store.KeepDeliveriesOfAsync(plan.Webhooks, ended), parts.Time, ended);

        var receivers = plan.Receivers.OfType<WebhookConfiguration>()
            .ToDictionary(
                webhook => webhook.Name,
                webhook => new WebhookReceiver(webhook, plan.ExternalUrl, store, parts),
                StringComparer.Ordinal);
        try
        {
            foreach (var (name, receiver) in receivers)
            {
                await UntilStored.RunAsync(() => receiver.CountAsync(ended), parts.Time, ended);
                pending.Add(name, receiver.Pending);
            }

            parts.Alerts.Changed += OnChanged;
            await Together.RunAsync(
                receivers.Values.Select(receiver => (Func<CancellationToken, Task>)receiver.RunAsync), ended);
        }
        finally
        {
            parts.Alerts.Changed -= OnChanged;
            foreach (var receiver in receivers.Values)
            {
                receiver.Dispose();
            }
        }

        void OnChanged(object? sender, EventArgs change)
        {
            foreach (var receiver in receivers.Values)
            {
                receiver.Wake();
            }
        }
    }
}
