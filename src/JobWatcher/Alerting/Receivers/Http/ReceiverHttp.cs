using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using JobWatcher.Configuration.Alerting;
using JobWatcher.HuaweiCloud.Http.Handlers;

namespace JobWatcher.Alerting.Receivers.Http;

/// <summary>
/// Makes the HTTP clients of receivers. Secrets and certificates are read again when their files change; neither redirects
/// nor cookies are followed. Thread safe.
/// </summary>
/// <param name="time">The time between two looks at files.</param>
/// <param name="proxy">The proxy; by default that of <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c> and <c>NO_PROXY</c>.</param>
internal sealed class ReceiverHttp(TimeProvider time, IWebProxy? proxy = null)
{
    // Kept for later clients: an Alertmanager that moves while a file is bad must be reached all the same.
    private readonly ConcurrentDictionary<string, TrustedCertificates> _trusted = new(StringComparer.Ordinal);

    /// <summary>Whether requests to an address go by way of a proxy, which then resolves its name.</summary>
    public bool IsProxied(Uri address)
    {
        var used = proxy ?? HttpClient.DefaultProxy;
        return !used.IsBypassed(address) && used.GetProxy(address) is { } via && via != address;
    }

    /// <summary>A client without a timeout of its own, for its owner to dispose of with its connections.</summary>
    /// <param name="access">How the receiver is spoken to.</param>
    /// <param name="address">
    /// Where to connect to, whatever the host's name stands for: it stays what TLS checks and the header <c>Host</c> says.
    /// Null to resolve it.
    /// </param>
    public HttpClient CreateClient(ReceiverAccess access, IPAddress? address = null)
    {
        HttpMessageHandler handler = access.Certificate is { } files
            ? new ClientCertificateHandler(new ClientCertificate(files, time), shown => HandlerOf(access, address, shown))
            : HandlerOf(access, address, shown: null);
        return HttpHandlers.Over(new AuthorizationHandler(access, time) { InnerHandler = handler }, dispose: true);
    }

    private SocketsHttpHandler HandlerOf(ReceiverAccess access, IPAddress? address, SslStreamCertificateContext? shown)
    {
        var handler = HttpHandlers.NewHandler(proxy);
        handler.SslOptions = TlsOf(access, shown);
        if (address is not null)
        {
            handler.ConnectCallback =
                (context, cancellationToken) => ConnectAsync(address, context.DnsEndPoint.Port, cancellationToken);
        }

        return handler;
    }

    private SslClientAuthenticationOptions TlsOf(ReceiverAccess access, SslStreamCertificateContext? shown)
    {
        var options = new SslClientAuthenticationOptions { ClientCertificateContext = shown };
        if (access.CaFile is { } caFile)
        {
            _ = TrustedBy(caFile);
            options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors is SslPolicyErrors.None || TrustedBy(caFile)?.Accepts(certificate, chain, errors) == true;
        }

        return options;
    }

    // Null for a file that went bad after the configuration was read: nothing is trusted until it is good again.
    private TrustedCertificates? TrustedBy(string caFile)
    {
        try
        {
            return _trusted.GetOrAdd(caFile, path => new TrustedCertificates(path, time));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static async ValueTask<Stream> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
