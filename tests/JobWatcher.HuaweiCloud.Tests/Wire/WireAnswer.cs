using System.Globalization;
using System.Text;

namespace JobWatcher.HuaweiCloud.Tests.Wire;

/// <summary>The bytes that a server sends, and what it does after the last of them.</summary>
internal sealed record WireAnswer(byte[] Bytes, WireEnding Ending = WireEnding.Close)
{
    public static WireAnswer Json(string body, int status = 200, params string[] headers) =>
        Of(Encoding.UTF8.GetBytes(body), status, ["Content-Type: application/json", .. headers]);

    public static WireAnswer Of(byte[] body, int status = 200, params string[] headers)
    {
        var head = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Told\r\nContent-Length: {body.Length}\r\nConnection: close\r\n");
        foreach (var header in headers)
        {
            head.Append(header).Append("\r\n");
        }

        return new WireAnswer([.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body]);
    }

    /// <summary>The same answer without its last bytes.</summary>
    public WireAnswer CutBy(int bytes) => this with { Bytes = Bytes[..^bytes] };
}

/// <summary>What a server does when it has sent all that it sends.</summary>
internal enum WireEnding
{
    Close,
    Reset,
    Hang,
}
