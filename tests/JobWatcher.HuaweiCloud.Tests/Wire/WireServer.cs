using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
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
    private readonly Task _accepting;

    public WireServer(Func<WireRequest, WireAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public WireServer(WireAnswer answer)
        : this(_ => answer)
    {
    }

    public Uri Endpoint => new($"http://{_listener.LocalEndpoint}");

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
            await using var stream = new NetworkStream(connection);
            if (await ReadHeadAsync(stream) is not { } head)
            {
                return;
            }

            var request = WireRequest.Parse(head);
            _requests.Enqueue(request);
            var answer = _answer(request);
            await stream.WriteAsync(answer.Bytes, _stopping.Token);
            await EndAsync(connection, answer.Ending);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // The client went away, or the test is over.
        }
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

    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, _stopping.Token);
            if (read == 0)
            {
                return null;
            }

            head.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return head.ToString();
    }
}
