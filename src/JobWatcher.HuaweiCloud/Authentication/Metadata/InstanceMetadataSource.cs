using JobWatcher.HuaweiCloud.Http;

namespace JobWatcher.HuaweiCloud.Authentication.Metadata;

/// <summary>
/// The temporary keys of the cloud server that this process runs on, from its metadata service; renewed 10 minutes before
/// their end. Asks directly, never by a proxy, and waits two seconds for an answer. Thread safe.
/// </summary>
public sealed class InstanceMetadataSource : ICredentialSource, IDisposable
{
    /// <summary>Where the metadata service answers on every cloud server.</summary>
    public static readonly Uri DefaultAddress = new("http://169.254.169.254");

    private const string Operation = "GetSecurityKey";
    private const string TokenOperation = "CreateMetadataToken";
    private const string TokenLifetimeSeconds = "21600";

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = RequestTimeout,
    });

    private readonly Uri _address;
    private readonly HttpExchange _exchange;
    private readonly RenewingCredentials _keys;
    private readonly TimeProvider _time;

    /// <summary>Creates the source; nothing is asked yet.</summary>
    /// <param name="time">The time of timeouts and lifetimes.</param>
    /// <param name="address">Where the metadata service answers; by default <see cref="DefaultAddress"/>.</param>
    /// <param name="called">Told of each request when it is over.</param>
    public InstanceMetadataSource(TimeProvider time, Uri? address = null, Action<ApiCall>? called = null)
    {
        (_time, _address) = (time, address ?? DefaultAddress);
        _exchange = new HttpExchange(_http, RequestTimeout, called, clock: null, time);
        _keys = new RenewingCredentials(IssueAsync, RenewBefore, time);
    }

    /// <inheritdoc/>
    public ValueTask<Credentials> GetAsync(CancellationToken cancellationToken) => _keys.GetAsync(cancellationToken);

    /// <inheritdoc/>
    public bool Invalidate(Credentials refused) => _keys.Drop(refused);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<IssuedCredentials> IssueAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = await TokenAsync(cancellationToken);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, "/openstack/latest/securitykey"));
            if (token is not null)
            {
                request.Headers.TryAddWithoutValidation("X-Metadata-Token", token.Reveal());
            }

            return await _exchange.SendAsync(
                Operation, request, token is null ? [] : [token],
                (body, headers) => SecurityKey.Read(body, ServerDate.Of(headers) ?? _time.GetUtcNow()), cancellationToken);
        }
        catch (CloudException fault)
        {
            var wayOut = fault.HttpStatus is 404
                ? "assign an agency to this server"
                : "use instanceMetadata only on a server of the cloud, with an agency assigned";
            throw fault.Retold($"This server's metadata service gave no keys; {wayOut}. {fault.Message}");
        }
    }

    // Servers where the token is not in use know nothing of its address: there the keys are had without.
    private async Task<Secret?> TokenAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(_address, "/meta-data/latest/api/token"));
        request.Headers.TryAddWithoutValidation("X-Metadata-Token-Ttl-Seconds", TokenLifetimeSeconds);
        try
        {
            return await _exchange.SendAsync(TokenOperation, request, [], (body, _) => SecurityKey.ReadToken(body), cancellationToken);
        }
        catch (CloudException fault) when (fault.HttpStatus is not null)
        {
            return null;
        }
    }
}
