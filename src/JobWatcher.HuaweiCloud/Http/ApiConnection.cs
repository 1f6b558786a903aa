using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Http.Clocks;
using JobWatcher.HuaweiCloud.Http.Resilience;
using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.HuaweiCloud.Http;

/// <summary>Sends authenticated requests for one target; whatever does not end well is a <see cref="CloudException"/>.</summary>
internal sealed class ApiConnection
{
    private readonly ImmediateJobsClientOptions _options;
    private readonly HttpExchange _exchange;
    private readonly RequestGuard _guard;

    public ApiConnection(
        HttpClient http, ImmediateJobsClientOptions options, ICredentialSource credentials, TimeProvider time)
    {
        _options = options;
        var cloud = options.EndpointClock ?? new EndpointClock(time);
        _exchange = new HttpExchange(http, options.RequestTimeout, options.Called, cloud, time);
        _guard = new RequestGuard(
            credentials,
            options.Breaker ?? new EndpointBreaker(time),
            options.Limits,
            options.Clock,
            new SigningClock(cloud, time),
            time);
    }

    /// <exception cref="CloudException">The API refused, failed or could not be reached.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public Task<T> GetAsync<T>(string operation, Uri uri, HttpExchange.Read<T> read, CancellationToken cancellationToken) =>
        _guard.RunAsync(
            $"{operation} at {uri.Authority}",
            (identity, now, token) => SendAsync(operation, uri, identity, now, read, token),
            cancellationToken);

    private async Task<T> SendAsync<T>(
        string operation,
        Uri uri,
        Credentials identity,
        DateTimeOffset now,
        HttpExchange.Read<T> read,
        CancellationToken cancellationToken)
    {
        using var request = Prepare(uri, identity, now);
        return await _exchange.SendAsync(operation, request, identity.Secrets, read, cancellationToken);
    }

    private HttpRequestMessage Prepare(Uri uri, Credentials identity, DateTimeOffset now)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri)
        {
            Content = new ByteArrayContent([]) { Headers = { { "Content-Type", "application/json" } } },
        };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent.Value);
        request.Headers.TryAddWithoutValidation("X-Language", _options.Language);
        request.Headers.TryAddWithoutValidation("X-Project-Id", _options.ProjectId);
        RequestAuthenticator.Authenticate(request, identity, now);
        return request;
    }
}
