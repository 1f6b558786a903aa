using System.Net.Http.Headers;
using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.HuaweiCloud;

namespace JobWatcher.Alerting.Receivers.Webhook;

/// <summary>Sends single events to one webhook. Safe for several threads.</summary>
/// <param name="http">A client that reaches it; disposed of with this.</param>
/// <param name="url">Its address.</param>
/// <param name="key">The key of the signature.</param>
/// <param name="externalUrl">How people reach JobWatcher's pages; null where nobody said.</param>
/// <param name="time">The time.</param>
internal sealed class WebhookSender(
    HttpClient http, Uri url, WebhookKey key, Uri? externalUrl, TimeProvider time) : IDisposable
{
    /// <summary>The most that an attempt takes: what Standard Webhooks advises at least.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Makes one attempt.</summary>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<ReceiverAnswer> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var told = WebhookEvent.Of(delivery, externalUrl);
        var timestamp = WebhookSignature.Timestamp(time.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(told.Body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(told.ContentType.ToString());
        try
        {
            request.Headers.Add(WebhookSignature.IdHeader, delivery.Key.EventId);
            request.Headers.Add(WebhookSignature.TimestampHeader, timestamp);
            request.Headers.Add(
                WebhookSignature.SignatureHeader,
                WebhookSignature.Of(key.Current(), delivery.Key.EventId, timestamp, told.Body.Span));
        }
        catch (CloudException exception)
        {
            // The secret is not there; the message names its file.
            return new ReceiverAnswer { Error = exception.Message };
        }

        return await ReceiverExchange.SendAsync(http, request, RequestTimeout, time, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
