using JobWatcher.Configuration;
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
        await UntilStored.RunAsync(() => DropOthersAsync(plan, ended), parts.Time, ended);

        var receivers = plan.Receivers.OfType<WebhookConfiguration>()
            .ToDictionary(
                webhook => webhook.Name,
                webhook => new WebhookReceiver(webhook, plan.ExternalUrl, store, parts),
                StringComparer.Ordinal);
        using var first = CancellationTokenSource.CreateLinkedTokenSource(ended);
        List<Task> running = [];
        try
        {
            foreach (var (name, receiver) in receivers)
            {
                await UntilStored.RunAsync(() => receiver.CountAsync(ended), parts.Time, ended);
                pending.Add(name, receiver.Pending);
            }

            parts.Alerts.Changed += OnChanged;
            running.Add(Task.Delay(Timeout.InfiniteTimeSpan, first.Token));
            running.AddRange(receivers.Values.Select(receiver => receiver.RunAsync(first.Token)));
            await await Task.WhenAny(running);
        }
        finally
        {
            parts.Alerts.Changed -= OnChanged;
            await first.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var (name, receiver) in receivers)
            {
                pending.Remove(name);
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

    private async Task<bool> DropOthersAsync(ReceiverPlan plan, CancellationToken cancellationToken)
    {
        await store.KeepDeliveriesOfAsync(plan.Webhooks, cancellationToken);
        return true;
    }
}
