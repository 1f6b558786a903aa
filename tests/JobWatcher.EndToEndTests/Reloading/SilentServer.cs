using System.Net;
using System.Net.Sockets;
using System.Text;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Reloading;

/// <summary>A server that lets its first request wait until a test answers it, and sees whether the client hangs up.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private TcpClient? _client;

    /// <summary>Starts to listen.</summary>
    public SilentServer() => _listener.Start();

    /// <summary>Its address.</summary>
    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Waits until the request is there.</summary>
    public async Task IsAskedAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        _client = await _listener.AcceptTcpClientAsync(deadline.Token);
        using var request = new StreamReader(_client.GetStream(), Encoding.ASCII, leaveOpen: true);
        while (await request.ReadLineAsync(deadline.Token) is { Length: > 0 })
        {
            // The head of a request ends with an empty line, and a listing's has no body.
        }
    }

    /// <summary>Waits until the client gives the request up.</summary>
    public async Task IsLeftAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        try
        {
            Assert.Equal(0, await _client!.GetStream().ReadAsync(new byte[1], deadline.Token));
        }
        catch (IOException)
        {
            // A reset is the other way to hang up.
        }
    }

    /// <summary>Answers the request: there are no jobs.</summary>
    public async Task AnswerAsync()
    {
        const string Body = """{"jobs": [], "total_count": 0}""";
        var answer =
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: {DateTimeOffset.UtcNow:R}\r\n" +
            $"Content-Length: {Body.Length}\r\nConnection: close\r\n\r\n{Body}";
        await _client!.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client?.Dispose();
        _listener.Dispose();
    }
}
