using System.Net.Http.Headers;
using JobWatcher.Alerting.Receivers.Http;

namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>Posts to one Alertmanager, and learns its time from each answer. One request at a time.</summary>
/// <param name="http">A client that reaches it; disposed of with this.</param>
/// <param name="url">Its base address.</param>
/// <param name="time">The time.</param>
internal sealed class AlertmanagerClient(HttpClient http, Uri url, TimeProvider time) : IDisposable
{
    /// <summary>Where an Alertmanager takes alerts, below its base address.</summary>
    public const string AlertsPath = "/api/v2/alerts";

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    private static readonly byte[] Nothing = "[]"u8.ToArray();

    private readonly Uri _alerts = new($"{url.AbsoluteUri.TrimEnd('/')}{AlertsPath}");

    /// <summary>Its clock.</summary>
    public AlertmanagerClock Clock { get; } = new(time);

    /// <summary>Posts alerts.</summary>
    public async Task<ReceiverAnswer> PostAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _alerts) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var answer = await ReceiverExchange.SendAsync(http, request, RequestTimeout, time, cancellationToken);
        if (answer.Date is { } date)
        {
            Clock.Learn(date);
        }

        return answer;
    }

    /// <summary>Posts no alerts at all, which tells a server that refuses what it got from one that refuses everything.</summary>
    public Task<ReceiverAnswer> PostNothingAsync(CancellationToken cancellationToken) => PostAsync(Nothing, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
