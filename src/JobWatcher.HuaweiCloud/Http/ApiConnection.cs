using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Http.Resilience;
using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.HuaweiCloud.Http;

/// <summary>Sends authenticated requests for one target; whatever does not end well is a <see cref="CloudException"/>.</summary>
internal sealed class ApiConnection(
    HttpClient http, ImmediateJobsClientOptions options, ICredentialSource credentials, TimeProvider time)
{
    private readonly HttpExchange _exchange = new(http, options.RequestTimeout, options.Called, time);
    private readonly RequestGuard _guard = new(
        credentials, options.Breaker ?? new EndpointBreaker(time), options.Limits, options.Clock, time);

    /// <exception cref="CloudException">The API refused, failed or could not be reached.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public Task<T> GetAsync<T>(string operation, Uri uri, HttpExchange.Read<T> read, CancellationToken cancellationToken) =>
        _guard.RunAsync(
            $"{operation} at {uri.Authority}",
            (identity, token) => SendAsync(operation, uri, identity, read, token),
            cancellationToken);

    private async Task<T> SendAsync<T>(
        string operation, Uri uri, Credentials identity, HttpExchange.Read<T> read, CancellationToken cancellationToken)
    {
        using var request = Prepare(uri, identity);
        return await _exchange.SendAsync(operation, request, identity.Secrets, read, cancellationToken);
    }

    private HttpRequestMessage Prepare(Uri uri, Credentials identity)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri)
        {
            Content = new ByteArrayContent([]) { Headers = { { "Content-Type", "application/json" } } },
        };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent.Value);
        request.Headers.TryAddWithoutValidation("X-Language", options.Language);
        request.Headers.TryAddWithoutValidation("X-Project-Id", options.ProjectId);
        RequestAuthenticator.Authenticate(request, identity, time.GetUtcNow());
        return request;
    }
}
