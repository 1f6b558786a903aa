using JobWatcher.Alerting.Receivers.Alertmanager;
using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Alerting.Receivers.Webhook;
using JobWatcher.Alerts;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.Configuration.Alerting;

namespace JobWatcher.Alerting.Receivers;

/// <summary>Sends an alert and its end to receivers as the service does, but once only and past the store.</summary>
internal sealed class TestNotifications(ReceiverPlan plan, ReceiverHttp http, TimeProvider time)
{
    /// <summary>Tells one receiver.</summary>
    /// <returns>What each of its addresses answered, by scheme and host.</returns>
    public async Task<IReadOnlyList<(string Host, ReceiverAnswer Answer)>> SendAsync(
        ReceiverConfiguration receiver, Alert alert, CancellationToken cancellationToken)
    {
        var answers = new List<(string, ReceiverAnswer)>();
        if (receiver is WebhookConfiguration webhook)
        {
            answers.Add((webhook.Url.ToString(), await SendAsync(webhook, alert, cancellationToken)));
        }
        else if (receiver is AlertmanagerConfiguration alertmanager)
        {
            foreach (var url in alertmanager.Urls)
            {
                answers.Add((url.ToString(), await PostAsync(url, alertmanager.Access, alert, cancellationToken)));
            }
        }

        return answers;
    }

    // It ends by itself: an end that is posted before the Alertmanager's group_wait is over would take it back untold.
    private async Task<ReceiverAnswer> PostAsync(
        SecretAddress url, ReceiverAccess access, Alert alert, CancellationToken cancellationToken)
    {
        using var client = new AlertmanagerClient(http.CreateClient(access), url.Reveal(), time);
        var clock = await client.PostNothingAsync(cancellationToken);
        if (!clock.IsAccepted)
        {
            return clock;
        }

        var now = time.GetUtcNow();
        var post = new PlannedPost(alert, PostKind.Firing);
        var body = AlertBody.Write(
            post,
            plan.MinActive,
            new ShiftedTimes(now, client.Clock.Now ?? now),
            plan.ExternalUrl);
        return await client.PostAsync(AlertBatches.Join([new WrittenPost(post, body)]), cancellationToken);
    }

    private async Task<ReceiverAnswer> SendAsync(
        WebhookConfiguration webhook, Alert alert, CancellationToken cancellationToken)
    {
        using var sender = new WebhookSender(
            http.CreateClient(webhook.Access), webhook.Url.Reveal(), new WebhookKey(webhook.Secret, time), plan.ExternalUrl, time);
        var start = await sender.SendAsync(DeliveryOf(webhook, alert, DeliveryKind.Firing), cancellationToken);
        if (!start.IsAccepted)
        {
            return start;
        }

        var ended = alert.Ended(EndReason.Expired, time.GetUtcNow(), time.GetUtcNow());
        return await sender.SendAsync(DeliveryOf(webhook, ended, DeliveryKind.Resolved), cancellationToken);
    }

    private Delivery DeliveryOf(WebhookConfiguration webhook, Alert alert, DeliveryKind kind) => new()
    {
        Key = new DeliveryKey(webhook.Name, alert.Id, kind),
        Alert = alert,
        Created = time.GetUtcNow(),
        Attempts = 0,
    };
}
