using System.Net.Sockets;
using System.Text;

namespace JobWatcher.Simulator.Tests;

/// <summary>A request byte by byte as written here, which no HTTP library has tidied up.</summary>
internal static class RawRequest
{
    /// <returns>All that came back until the server closed the connection.</returns>
    public static async Task<string> SendAsync(
        Uri server, string method, string target, IReadOnlyDictionary<string, string> headers)
    {
        using var client = new TcpClient();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await client.ConnectAsync(server.Host, server.Port, deadline.Token);
        var stream = client.GetStream();
        var lines = headers.Select(header => $"{header.Key}: {header.Value}\r\n");
        var request = $"{method} {target} HTTP/1.1\r\n{string.Concat(lines)}Connection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), deadline.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(deadline.Token);
    }
}
