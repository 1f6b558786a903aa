using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace JobWatcher.Tests.Polling.Fleet;

/// <summary>A server that gives each caller's request back in its answer, in ways that the first part of the path names.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    /// <summary>The ways.</summary>
    public static readonly IReadOnlyList<string> Ways =
    [
        "json-200", "json-400", "json-401", "json-403", "json-429", "json-500", "code-500", "iam-401", "html-200", "html-401",
        "html-403", "html-407", "html-502", "header-500", "header-200", "reason-500", "status-line", "bad-header", "cut", "location",
        "hang", "reset",
    ];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _callers = [];
    private readonly Task _accepting;

    public EchoServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>All requests, as they came.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>The endpoint that answers in a way.</summary>
    public Uri For(string way) => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{way}");

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll([_accepting, .. _callers]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _callers.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
    }

    private async Task AnswerAsync(TcpClient caller)
    {
        using var connection = caller;
        var stream = connection.GetStream();
        var request = await ReadAsync(stream);
        Requests.Enqueue(request);
        var way = request.Split('/')[1];
        if (way is "hang")
        {
            await Task.Delay(Timeout.Infinite, _stopping.Token);
        }

        if (way is "reset")
        {
            connection.Client.LingerState = new LingerOption(true, 0);
            return;
        }

        await stream.WriteAsync(Encoding.Latin1.GetBytes(AnswerTo(way, request)), _stopping.Token);
    }

    private async Task<string> ReadAsync(NetworkStream stream)
    {
        var received = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (!IsWhole(received.ToString()) && await stream.ReadAsync(buffer, _stopping.Token) is var count && count > 0)
        {
            received.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return received.ToString();
    }

    private static bool IsWhole(string request) =>
        request.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end && end >= 0
        && (!request.StartsWith("POST", StringComparison.Ordinal) || request.Length > end + 4);

    private static string AnswerTo(string way, string request)
    {
        var line = request.ReplaceLineEndings(" ");
        var headers = string.Join("", request.Split("\r\n\r\n")[0].Split("\r\n").Skip(1)
            .Where(header => !header.StartsWith("Content-", StringComparison.Ordinal) && !header.StartsWith("Host", StringComparison.Ordinal))
            .Select(header => header + "\r\n"));
        var (kind, status) = way.Split('-') is [var name, var number] && int.TryParse(number, CultureInfo.InvariantCulture, out var code) ? (name, code) : (way, 200);
        return kind switch
        {
            "json" => Answer(status, JsonSerializer.Serialize(new { error_code = "APIGW.0301", error_msg = Secrets(request), request_id = Secrets(request) })),
            "code" => Answer(status, JsonSerializer.Serialize(new { error_code = Secrets(request), error_msg = "short" })),
            "iam" => Answer(status, JsonSerializer.Serialize(new { error = new { code = status, message = Secrets(request) } })),
            "html" => Answer(status, $"<html><pre>{request}</pre></html>", "text/html"),
            "header" => Answer(status, "{}", more: $"X-Request-Id: {Secrets(request)}\r\n{headers}"),
            "reason" => $"HTTP/1.1 {status} {Secrets(request)}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "location" => $"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/?{Uri.EscapeDataString(line)}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "status-line" => $"HTTP/9 {line}\r\n\r\n",
            "bad-header" => $"HTTP/1.1 200 OK\r\n{line.Replace(':', ' ')}\r\n\r\n",
            _ => Answer(200, request, more: "").Replace("Content-Length: ", "Content-Length: 9", StringComparison.Ordinal),
        };
    }

    // What is secret comes first, since messages are cut.
    private static string Secrets(string request) => string.Join(' ', request.Split("\r\n")
        .Where(header => header.StartsWith("X-Auth-Token", StringComparison.Ordinal)
            || header.StartsWith("X-Security-Token", StringComparison.Ordinal)
            || header.StartsWith("Authorization", StringComparison.Ordinal)
            || header.StartsWith('{'))
        .Select(header => header.Contains("Signature=", StringComparison.Ordinal) ? header[header.IndexOf("Signature=", StringComparison.Ordinal)..] : header)
        .Select(header => header.Contains("\"password\":\"", StringComparison.Ordinal) ? header[header.IndexOf("\"password\":\"", StringComparison.Ordinal)..] : header));

    private static string Answer(int status, string body, string type = "application/json", string more = "") =>
        $"HTTP/1.1 {status} Told\r\nContent-Type: {type}\r\nContent-Length: {Encoding.Latin1.GetByteCount(body)}\r\nConnection: close\r\n{more}\r\n{body}";
}
