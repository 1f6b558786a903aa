using System.Collections.Concurrent;
using System.Net;

namespace JobWatcher.HuaweiCloud.Http.Handlers;

/// <summary>
/// The connection pools of a process: one for each file of private certificates, shared by all targets that name it.
/// Proxies come from <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c> and <c>NO_PROXY</c>. Neither redirects nor cookies are followed.
/// Thread safe; dispose it after the last client.
/// </summary>
/// <param name="time">The time between looks at certificate files.</param>
/// <param name="proxy">The proxy; by default that of the environment.</param>
public sealed class HttpHandlers(TimeProvider time, IWebProxy? proxy = null) : IDisposable
{
    // A pooled connection is closed after this time, so that a changed DNS record or certificate is followed.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    // A request that is given up leaves its connection attempt behind; this ends it.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    // All requests to a server share one HTTP/2 connection: a dead one must not be found out by each of them in turn.
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(10);

    // A token is up to 10 KB long.
    private const int MaxHeaderKilobytes = 64;

    private readonly ConcurrentDictionary<string, Lazy<SocketsHttpHandler>> _handlers = new(StringComparer.Ordinal);

    /// <summary>A client over the shared pool, without a timeout of its own. Disposing it leaves the pool alone.</summary>
    /// <param name="caFile">The absolute path of a PEM file with certificates to trust besides the system's; null for none.</param>
    /// <exception cref="InvalidDataException">The file cannot be read or holds no certificate.</exception>
    public HttpClient CreateClient(string? caFile)
    {
        // In this mode, a file that cannot be used now can be later.
        var handler = _handlers.GetOrAdd(caFile ?? "", _ => new Lazy<SocketsHttpHandler>(
            () => Create(caFile), LazyThreadSafetyMode.PublicationOnly));
        return Over(handler.Value, dispose: false);
    }

    /// <summary>A handler that follows neither redirects nor cookies, and whose connections end in time.</summary>
    /// <param name="proxy">The proxy; null for that of the environment.</param>
    public static SocketsHttpHandler NewHandler(IWebProxy? proxy) => new()
    {
        Proxy = proxy,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
    };

    /// <summary>A client without a timeout of its own, which takes the newest version of HTTP that a server offers.</summary>
    /// <param name="handler">Sends its requests.</param>
    /// <param name="dispose">Whether the handler ends with the client.</param>
    public static HttpClient Over(HttpMessageHandler handler, bool dispose) => new(handler, dispose)
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestVersion = HttpVersion.Version11,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrHigher,
    };

    /// <summary>Closes the pools of all other files. Their clients must not be used any more.</summary>
    public void Keep(IReadOnlySet<string> caFiles)
    {
        ArgumentNullException.ThrowIfNull(caFiles);
        foreach (var caFile in _handlers.Keys.Where(caFile => caFile.Length > 0 && !caFiles.Contains(caFile)))
        {
            if (_handlers.TryRemove(caFile, out var handler) && handler.IsValueCreated)
            {
                handler.Value.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var handler in _handlers.Values.Where(handler => handler.IsValueCreated))
        {
            handler.Value.Dispose();
        }
    }

    private SocketsHttpHandler Create(string? caFile)
    {
        var trusted = caFile is null ? null : new TrustedCertificates(caFile, time);
        var handler = NewHandler(proxy);
        handler.AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate;
        handler.MaxResponseHeadersLength = MaxHeaderKilobytes;
        handler.EnableMultipleHttp2Connections = true;
        handler.KeepAlivePingDelay = PingAfter;
        handler.KeepAlivePingTimeout = PingTimeout;
        if (trusted is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback =
                (_, certificate, chain, errors) => trusted.Accepts(certificate, chain, errors);
        }

        return handler;
    }
}
