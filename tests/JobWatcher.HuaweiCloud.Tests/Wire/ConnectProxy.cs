using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace JobWatcher.HuaweiCloud.Tests.Wire;

/// <summary>A proxy on loopback that tunnels by <c>CONNECT</c>, one connection after the other.</summary>
internal sealed class ConnectProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _tunnels = new();
    private readonly Task _accepting;

    public ConnectProxy()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>The first line of each request.</summary>
    public IReadOnlyList<string> Tunnels => [.. _tunnels];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                await TunnelAsync(client.GetStream());
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task TunnelAsync(NetworkStream client)
    {
        var head = new StringBuilder();
        var octet = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await client.ReadAsync(octet, _stopping.Token) > 0)
        {
            head.Append((char)octet[0]);
        }

        var line = head.ToString().Split("\r\n")[0];
        _tunnels.Enqueue(line);
        var target = IPEndPoint.Parse(line.Split(' ')[1]);
        using var server = new TcpClient();
        await server.ConnectAsync(target, _stopping.Token);
        await client.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stopping.Token);
        var stream = server.GetStream();
        await Task.WhenAny(client.CopyToAsync(stream, _stopping.Token), stream.CopyToAsync(client, _stopping.Token));
    }
}
