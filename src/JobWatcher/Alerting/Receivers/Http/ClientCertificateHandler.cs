using System.Net.Security;

namespace JobWatcher.Alerting.Receivers.Http;

/// <summary>
/// Shows a client certificate of files that may change. Connections take it from the handler that makes them, once for all: so
/// another certificate makes another handler. Thread safe.
/// </summary>
/// <param name="own">The certificate.</param>
/// <param name="create">Makes a handler that shows a certificate; none where it is null.</param>
internal sealed class ClientCertificateHandler(
    ClientCertificate own, Func<SslStreamCertificateContext?, HttpMessageHandler> create) : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private (SslStreamCertificateContext? Shown, HttpMessageInvoker Sender)? _current;
    private HttpMessageInvoker? _former;

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Current().SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_lock)
            {
                _former?.Dispose();
                _current?.Sender.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private HttpMessageInvoker Current()
    {
        lock (_lock)
        {
            var shown = own.Current();
            if (_current is { } current && ReferenceEquals(current.Shown, shown))
            {
                return current.Sender;
            }

            // Requests may be on their way by the one before, but by none that is older than that.
            _former?.Dispose();
            _former = _current?.Sender;
            var sender = new HttpMessageInvoker(create(shown));
            _current = (shown, sender);
            return sender;
        }
    }
}
