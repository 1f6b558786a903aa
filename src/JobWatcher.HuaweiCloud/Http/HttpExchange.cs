using System.Globalization;
using System.Net.Http.Headers;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Http.Clocks;

namespace JobWatcher.HuaweiCloud.Http;

/// <summary>Sends one request once and hands its answer over; whatever else happens is a <see cref="CloudException"/>.</summary>
/// <param name="http">Sends it.</param>
/// <param name="timeout">From the connection to the last byte of the answer.</param>
/// <param name="called">Told of the request when it is over.</param>
/// <param name="clock">Learns the server's time from each answer; null where nobody asks for it.</param>
/// <param name="time">The time of the timeout.</param>
internal sealed class HttpExchange(
    HttpClient http, TimeSpan timeout, Action<ApiCall>? called, EndpointClock? clock, TimeProvider time)
{
    private const int MaxAnswerBytes = 16 * 1024 * 1024;
    private const int MaxErrorBytes = 64 * 1024;

    /// <summary>How an answer is read. What it returns must not refer to the body, which goes back to its pool.</summary>
    /// <exception cref="FormatException">The body is not what was asked for; the message says what it is.</exception>
    public delegate T Read<out T>(ReadOnlySpan<byte> body, HttpResponseHeaders headers);

    /// <param name="operation">The API's name of the operation.</param>
    /// <param name="request">The request, with its headers and an absolute address.</param>
    /// <param name="secrets">What must not be told if the server echoes it.</param>
    /// <param name="read">Reads the body of a 2xx.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="CloudException">The server refused, failed or could not be reached.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public async Task<T> SendAsync<T>(
        string operation, HttpRequestMessage request, IEnumerable<Secret> secrets, Read<T> read, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri!;
        request.Version = http.DefaultRequestVersion;
        request.VersionPolicy = http.DefaultVersionPolicy;
        using var limit = new CancellationTokenSource(timeout, time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        int? status = null;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, attempt.Token);
            status = (int)response.StatusCode;
            if (ServerDate.Of(response.Headers) is { } date)
            {
                clock?.Learn(date);
            }

            using var body = await BoundedBody.ReadAsync(
                response.Content, response.IsSuccessStatusCode ? MaxAnswerBytes : MaxErrorBytes, attempt.Token);
            return response.IsSuccessStatusCode
                ? Understand(operation, response, body, secrets, read)
                : throw ApiFailure.Refused(operation, response, body, secrets, time.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw ApiFailure.TimedOut(operation, uri, timeout);
        }
        catch (InvalidDataException)
        {
            throw ApiFailure.Undecodable(operation, uri, status);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw ApiFailure.Broken(operation, uri, exception);
        }
        finally
        {
            called?.Invoke(new ApiCall(operation, status));
        }
    }

    private static T Understand<T>(
        string operation, HttpResponseMessage response, BoundedBody body, IEnumerable<Secret> secrets, Read<T> read)
    {
        if (!body.IsWhole)
        {
            var bound = (MaxAnswerBytes / (1024 * 1024)).ToString(CultureInfo.InvariantCulture);
            throw ApiFailure.Unreadable(operation, response, secrets, $"more than {bound} MiB");
        }

        try
        {
            return read(body.Bytes, response.Headers);
        }
        catch (FormatException exception)
        {
            throw ApiFailure.Unreadable(operation, response, secrets, exception.Message);
        }
    }
}
