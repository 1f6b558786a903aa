using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using JobWatcher.Alerts;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.Text;

namespace JobWatcher.Alerting.Receivers.Webhook;

/// <summary>A change of an alert as a CloudEvent 1.0 in JSON, all of it in the body.</summary>
/// <param name="Body">The event, the same at each attempt.</param>
/// <param name="ContentType">What the body is.</param>
internal sealed record WebhookEvent(ReadOnlyMemory<byte> Body, ContentType ContentType)
{
    /// <summary>The type of the event that an alert fires.</summary>
    public const string Firing = "jobwatcher.alert.firing.v1";

    /// <summary>The type of the event that an alert has ended.</summary>
    public const string Resolved = "jobwatcher.alert.resolved.v1";

    // Receivers bound what they read: the specification advises less than 20 kB for a whole event.
    private const int MostReasonCharacters = 4000;

    // Where nobody said how people reach JobWatcher.
    private static readonly Uri NoSource = new("urn:jobwatcher");

    private static readonly JsonEventFormatter Formatter = new(
        new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.Never },
        documentOptions: default);

    /// <summary>Writes the event of a delivery.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="externalUrl">How people reach JobWatcher's pages; null where nobody said.</param>
    public static WebhookEvent Of(Delivery delivery, Uri? externalUrl)
    {
        var alert = delivery.Alert;
        var item = AlertItem.Of(alert);
        var written = new CloudEvent
        {
            Id = delivery.Key.EventId,
            Type = delivery.Key.Kind is DeliveryKind.Firing ? Firing : Resolved,
            Source = externalUrl ?? NoSource,
            Subject = SubjectOf(alert),
            Time = alert.EndedTime ?? alert.StartedTime,
            DataContentType = MediaTypeNames.Application.Json,
            Data = item with { FailReason = Bounded(item.FailReason) },
        };
        return new WebhookEvent(Formatter.EncodeStructuredModeMessage(written, out var contentType), contentType);
    }

    private static string? Bounded(string? reason) =>
        reason is { Length: > MostReasonCharacters } ? $"{LabelText.Within(MostReasonCharacters, reason)}…" : reason;

    // Attributes may not hold control characters or halves of a character.
    private static string SubjectOf(Alert alert) =>
        alert.Job is null ? alert.Key.Target : $"{alert.Key.Target}/{LabelText.Bound(alert.Key.JobId)}";
}
