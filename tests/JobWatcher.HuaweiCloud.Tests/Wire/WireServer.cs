using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace JobWatcher.HuaweiCloud.Tests.Wire;

/// <summary>
/// A server on loopback that answers with bytes as they are given, right or wrong, one request to a connection.
/// </summary>
internal sealed class WireServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<WireRequest> _requests = new();
    private readonly Func<WireRequest, WireAnswer> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;

    public WireServer(Func<WireRequest, WireAnswer> answer, X509Certificate2? certificate = null)
    {
        (_answer, _certificate) = (answer, certificate);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public WireServer(WireAnswer answer)
        : this(_ => answer)
    {
    }

    public Uri Endpoint => new($"{(_certificate is null ? "http" : "https")}://{_listener.LocalEndpoint}");

    /// <summary>The address of a server that takes no connection any more.</summary>
    public static async Task<Uri> ClosedAsync()
    {
        await using var server = new WireServer(WireAnswer.Json(""));
        return server.Endpoint;
    }

    public IReadOnlyList<WireRequest> Requests => [.. _requests];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        try
        {
            await using var stream = await OpenAsync(connection);
            if (await ReadRequestAsync(stream) is not { } request)
            {
                return;
            }

            _requests.Enqueue(request);
            var answer = _answer(request);
            await stream.WriteAsync(answer.Bytes, _stopping.Token);
            await EndAsync(connection, answer.Ending);
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            // The client went away, or the test is over.
        }
    }

    private async Task<Stream> OpenAsync(Socket connection)
    {
        var plain = new NetworkStream(connection);
        if (_certificate is null)
        {
            return plain;
        }

        var encrypted = new SslStream(plain);
        await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stopping.Token);
        return encrypted;
    }

    private async Task EndAsync(Socket connection, WireEnding ending)
    {
        switch (ending)
        {
            case WireEnding.Hang:
                await Task.Delay(Timeout.Infinite, _stopping.Token);
                break;
            case WireEnding.Reset:
                connection.LingerState = new LingerOption(enable: true, seconds: 0);
                break;
            default:
                connection.Shutdown(SocketShutdown.Send);
                break;
        }
    }

    private async Task<WireRequest?> ReadRequestAsync(Stream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var parts = text.ToString().Split("\r\n\r\n", 2);
            if (parts.Length == 2 && WireRequest.Parse(parts[0]) is var request && parts[1].Length >= request.ContentLength)
            {
                return request with { Body = parts[1] };
            }

            var read = await stream.ReadAsync(buffer, _stopping.Token);
            if (read == 0)
            {
                return null;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
    }
}
