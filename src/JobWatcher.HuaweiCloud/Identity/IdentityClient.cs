using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Http;
using JobWatcher.HuaweiCloud.Http.Clocks;
using JobWatcher.HuaweiCloud.Http.Resilience;

namespace JobWatcher.HuaweiCloud.Identity;

/// <summary>Calls the identity service of a region, one request at a time, with the same retries as every other. Thread safe.</summary>
public sealed class IdentityClient
{
    private readonly HttpExchange _exchange;
    private readonly RequestGuard _guard;
    private readonly ICredentialSource? _credentials;
    private readonly TimeProvider _time;
    private readonly string _address;
    private readonly string _host;

    /// <summary>Creates a client.</summary>
    /// <param name="http">Sends the requests; its own timeout must be longer than that of the options.</param>
    /// <param name="options">Where, and for how long.</param>
    /// <param name="credentials">Whom to be when a project is looked up; a token needs none.</param>
    /// <param name="time">The time of signatures, waits and timeouts.</param>
    public IdentityClient(HttpClient http, IdentityClientOptions options, ICredentialSource? credentials, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        var cloud = options.EndpointClock ?? new EndpointClock(time);
        _exchange = new HttpExchange(http, options.RequestTimeout, options.Called, cloud, time);
        (_credentials, _time) = (credentials, time);
        (_address, _host) = (options.Endpoint.AbsoluteUri.TrimEnd('/'), options.Endpoint.Authority);
        _guard = new RequestGuard(
            credentials ?? Anonymous.Source,
            options.Breaker ?? new EndpointBreaker(time),
            limits: null,
            clock: null,
            new SigningClock(cloud, time),
            time);
    }

    /// <summary>Looks up the project of a region.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="CloudException">There is none or there are several, which the message names; or the call failed.</exception>
    /// <exception cref="InvalidOperationException">The client has no credentials.</exception>
    public async Task<string> FindProjectAsync(string region, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(region);
        if (_credentials is null)
        {
            throw new InvalidOperationException("A client without credentials cannot look up projects.");
        }

        const string Operation = "ListProjects";
        var projects = await _guard.RunAsync(
            $"{Operation} at {_host}",
            async (identity, now, token) =>
            {
                using var request = new HttpRequestMessage(
                    HttpMethod.Get, $"{_address}/v3/projects?name={Uri.EscapeDataString(region)}");
                request.Headers.TryAddWithoutValidation("User-Agent", UserAgent.Value);
                RequestAuthenticator.Authenticate(request, identity, now);
                return await _exchange.SendAsync(
                    Operation, request, identity.Secrets, (body, _) => ProjectList.Read(body, region), token);
            },
            cancellationToken);
        return ProjectList.TheOnly(projects, region, _host);
    }

    internal Task<IssuedCredentials> CreateTokenAsync(IamUser user, Secret password, CancellationToken cancellationToken)
    {
        const string Operation = "CreateToken";
        return _guard.RunAsync(
            $"{Operation} at {_host}",
            async (_, _, token) =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"{_address}/v3/auth/tokens?nocatalog=true")
                {
                    Content = new ByteArrayContent(TokenRequest.Body(user, password))
                    {
                        Headers = { { "Content-Type", "application/json" } },
                    },
                };
                request.Headers.TryAddWithoutValidation("User-Agent", UserAgent.Value);
                return await _exchange.SendAsync(
                    Operation, request, [password, TokenRequest.Written(password)],
                    (body, headers) => TokenRequest.Read(body, headers, _time.GetUtcNow()), token);
            },
            cancellationToken);
    }
}
