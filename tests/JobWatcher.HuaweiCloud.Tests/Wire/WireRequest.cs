using System.Globalization;

namespace JobWatcher.HuaweiCloud.Tests.Wire;

/// <summary>A request as it came over the socket.</summary>
internal sealed record WireRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers)
{
    public string Body { get; init; } = "";

    public int ContentLength => Headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0;

    public static WireRequest Parse(string head)
    {
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var start = lines[0].Split(' ');
        var headers = lines.Skip(1)
            .Select(line => line.Split(':', 2))
            .ToDictionary(parts => parts[0], parts => parts[1].Trim(), StringComparer.OrdinalIgnoreCase);
        return new WireRequest(start[0], start[1], headers);
    }

    /// <summary>A query parameter as a strict server reads it, where <c>+</c> is a space.</summary>
    public string? Parameter(string name) => Target.Split('?', 2).ElementAtOrDefault(1)?.Split('&')
        .Select(pair => pair.Split('=', 2))
        .Where(pair => pair[0] == name)
        .Select(pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')))
        .FirstOrDefault();

    public int? Number(string name) =>
        Parameter(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
