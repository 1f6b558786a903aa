using System.Globalization;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.HuaweiCloud.Http;

/// <summary>Sends one authenticated request and hands its answer over; whatever else happens is a <see cref="CloudException"/>.</summary>
internal sealed class ApiConnection(
    HttpClient http, ImmediateJobsClientOptions options, ICredentialSource credentials, TimeProvider time)
{
    private const int MaxAnswerBytes = 16 * 1024 * 1024;
    private const int MaxErrorBytes = 64 * 1024;

    /// <summary>How an answer is read. What it returns must not refer to the body, which goes back to its pool.</summary>
    /// <exception cref="FormatException">The body is not what was asked for; the message says what it is.</exception>
    public delegate T Read<out T>(ReadOnlySpan<byte> body, DateTimeOffset? cloudTime);

    /// <exception cref="CloudException">The API refused, failed or could not be reached.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public async Task<T> GetAsync<T>(string operation, Uri uri, Read<T> read, CancellationToken cancellationToken)
    {
        var identity = await credentials.GetAsync(cancellationToken);
        using var request = Prepare(uri, identity);
        using var timeout = new CancellationTokenSource(options.RequestTimeout, time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        int? status = null;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, attempt.Token);
            status = (int)response.StatusCode;
            using var body = await BoundedBody.ReadAsync(
                response.Content, response.IsSuccessStatusCode ? MaxAnswerBytes : MaxErrorBytes, attempt.Token);
            return response.IsSuccessStatusCode
                ? Understand(operation, response, body, read)
                : throw ApiFailure.Refused(operation, response, body, identity);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw ApiFailure.TimedOut(operation, uri, options.RequestTimeout);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw ApiFailure.Broken(operation, uri, exception);
        }
        finally
        {
            options.Called?.Invoke(new ApiCall(operation, status));
        }
    }

    private static T Understand<T>(string operation, HttpResponseMessage response, BoundedBody body, Read<T> read)
    {
        if (!body.IsWhole)
        {
            var bound = (MaxAnswerBytes / (1024 * 1024)).ToString(CultureInfo.InvariantCulture);
            throw ApiFailure.Unreadable(operation, response, $"more than {bound} MiB");
        }

        try
        {
            return read(body.Bytes, response.Headers.Date);
        }
        catch (FormatException exception)
        {
            throw ApiFailure.Unreadable(operation, response, exception.Message);
        }
    }

    private HttpRequestMessage Prepare(Uri uri, Credentials identity)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri)
        {
            Version = http.DefaultRequestVersion,
            VersionPolicy = http.DefaultVersionPolicy,
            Content = new ByteArrayContent([]) { Headers = { { "Content-Type", "application/json" } } },
        };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent.Value);
        request.Headers.TryAddWithoutValidation("X-Language", options.Language);
        request.Headers.TryAddWithoutValidation("X-Project-Id", options.ProjectId);
        RequestAuthenticator.Authenticate(request, identity, time.GetUtcNow());
        return request;
    }
}
