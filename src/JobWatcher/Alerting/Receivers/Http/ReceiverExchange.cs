using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using JobWatcher.Alerting.Receivers.Webhook;
using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.Http;
using JobWatcher.HuaweiCloud.Http.Resilience;
using JobWatcher.HuaweiCloud.Text;
using JobWatcher.Text;

namespace JobWatcher.Alerting.Receivers.Http;

/// <summary>Sends one request to a receiver, within bounds of time and size, and tells what became of it.</summary>
internal static class ReceiverExchange
{
    private const int MostErrorBytes = 2048;
    private const int MostErrorCharacters = 200;

    // Shorter parts are words of any address, such as "hook" or "v1".
    private const int LeastSecretCharacters = 8;

    /// <summary>Sends a request. Whatever goes wrong is an answer, never an exception.</summary>
    /// <param name="client">A client of <see cref="ReceiverHttp"/>.</param>
    /// <param name="request">The request.</param>
    /// <param name="timeout">The most that it may take.</param>
    /// <param name="time">The time that this is measured with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static async Task<ReceiverAnswer> SendAsync(
        HttpClient client, HttpRequestMessage request, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            return new ReceiverAnswer
            {
                Status = status,
                Error = response.IsSuccessStatusCode ? null : await ErrorOfAsync(request, response, either.Token),
                RetryAfter = RetryAfter.Of(response.Headers, time.GetUtcNow()),
                Date = ServerDate.Of(response.Headers),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(string.Create(
                CultureInfo.InvariantCulture, $"There was no answer within {Duration.Of(timeout)}."));
        }
        catch (HttpRequestException exception)
        {
            return Failed(SentenceOf(exception));
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return Failed("The connection broke off.");
        }
        catch (CloudException exception)
        {
            // The file of a secret is not there; the message names it.
            return Failed(exception.Message);
        }
    }

    private static ReceiverAnswer Failed(string error) => new() { Error = error };

    private static async Task<string> ErrorOfAsync(
        HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"It answered {(int)response.StatusCode}");
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var bytes = new byte[MostErrorBytes];
            var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            var text = Encoding.UTF8.GetString(bytes, 0, length).Trim();
            return text.Length == 0 || HoldsSecret(text, request) ? $"{status}." : $"{status}: {Shown(text)}";
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            return $"{status}.";
        }
    }

    // Servers like to repeat what they were asked, and the path may be all that keeps strangers out.
    private static bool HoldsSecret(string text, HttpRequestMessage request)
    {
        string?[] secrets =
        [
            request.RequestUri!.AbsolutePath.Trim('/'), request.RequestUri.Query.TrimStart('?'),
            .. PartsOf(request.RequestUri),
            request.Headers.Authorization?.Parameter,
            .. request.Headers.TryGetValues(WebhookSignature.SignatureHeader, out var signatures) ? signatures : [],
        ];
        return secrets.Any(secret => !string.IsNullOrEmpty(secret) && text.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    // A server that names the token alone says as much as one that repeats the whole path.
    private static IEnumerable<string> PartsOf(Uri address) => address.PathAndQuery.Split('/', '?', '&', '=')
        .SelectMany(part => new[] { part, Uri.UnescapeDataString(part) })
        .Where(part => part.Length >= LeastSecretCharacters);

    private static string Shown(string text) =>
        FaultText.Visible(TextStart.Shortened(text, MostErrorCharacters + 1));

    // The framework's own messages may hold the password of a proxy.
    private static string SentenceOf(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "Its name is not known.",
        HttpRequestError.SecureConnectionError => exception.InnerException is AuthenticationException inner
            ? $"No TLS connection came about: {inner.Message}"
            : "No TLS connection came about.",
        HttpRequestError.ProxyTunnelError => "The proxy refuses the connection.",
        HttpRequestError.ConnectionError when exception.InnerException is SocketException socket =>
            $"It cannot be connected to: {socket.SocketErrorCode}.",
        HttpRequestError.ConnectionError => "It cannot be connected to.",
        _ => "The connection broke off.",
    };
}
