using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Alerts;
using JobWatcher.Alerts.Deliveries;

namespace JobWatcher.Alerting.Receivers.Webhook;

/// <summary>
/// Tells users what becomes of one webhook's deliveries. The event 1203 is told once for an outage of the webhook, and for each
/// delivery that it refuses or that is given up.
/// </summary>
/// <param name="reports">Where to tell.</param>
/// <param name="receiver">The webhook's name.</param>
/// <param name="host">Scheme and host of its address.</param>
internal sealed class WebhookReports(NotificationReports reports, string receiver, string host)
{
    /// <summary>An attempt came to an end.</summary>
    /// <param name="delivery">What was sent.</param>
    /// <param name="answer">What came of it.</param>
    /// <param name="now">The time by the watcher's clock.</param>
    /// <param name="isKnownToFail">Whether the webhook's outage was told already.</param>
    public void Attempted(Delivery delivery, ReceiverAnswer answer, DateTimeOffset now, bool isKnownToFail)
    {
        if (answer.IsAccepted)
        {
            // The first part passed by the cloud's clock, the second by ours.
            var since = Happened(delivery);
            reports.Accepted(receiver, 1);
            reports.FirstAccepted(receiver, since, Seen(delivery) + (now - delivery.Created));
            return;
        }

        var isRefused = DeliveryRules.IsRefused(answer);
        if (isRefused)
        {
            reports.Rejected(receiver);
        }
        else
        {
            reports.Retried(receiver, 1);
        }

        if (isRefused || !isKnownToFail)
        {
            reports.Failed(receiver, host, delivery.Key.AlertId, delivery.Attempts + 1, answer.Status, answer.Error!);
        }
    }

    /// <summary>A delivery is given up.</summary>
    public void Expired(Delivery delivery)
    {
        reports.Expired(receiver);
        reports.Failed(
            receiver, host, delivery.Key.AlertId, delivery.Attempts, status: null, GivingUp.Reason);
    }

    private static DateTimeOffset Seen(Delivery delivery) => delivery.Alert.EndSeenTime ?? delivery.Alert.ObservedTime;

    private static DateTimeOffset Happened(Delivery delivery) => delivery.Key.Kind is DeliveryKind.Resolved
        ? delivery.Alert.EndedTime ?? Seen(delivery)
        : delivery.Alert.Key.Name == AlertName.JobStuck
            ? Seen(delivery)
            : delivery.Alert.Job?.EndedTime ?? Seen(delivery);
}
