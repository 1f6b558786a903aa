using System.Net;
using System.Security.Cryptography;

namespace JobWatcher.Simulator.Authentication;

/// <summary>The text whose hash is signed: request line, headers and body in one spelling.</summary>
internal static class CanonicalRequest
{
    /// <exception cref="KeyNotFoundException">A signed header was not sent.</exception>
    public static string Of(SignedRequest request, IReadOnlyList<string> signedHeaders)
    {
        var cut = request.Target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = cut < 0 ? (request.Target, "") : (request.Target[..cut], request.Target[(cut + 1)..]);
        return string.Join(
            '\n',
            request.Method,
            Path(path),
            Query(query),
            string.Concat(signedHeaders.Select(name => $"{name}:{Value(request, name)}\n")),
            string.Join(';', signedHeaders),
            Convert.ToHexStringLower(SHA256.HashData(request.Body.Span)));
    }

    private static string Path(string path)
    {
        var encoded = string.Join('/', path.Split('/').Select(segment => Encode(Uri.UnescapeDataString(segment))));
        return encoded.EndsWith('/') ? encoded : encoded + "/";
    }

    private static string Query(string query)
    {
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(parts => (Name: FormDecode(parts[0]), Value: FormDecode(parts.ElementAtOrDefault(1))))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{Encode(pair.Name)}={Encode(pair.Value)}");
        return string.Join('&', pairs);
    }

    private static string FormDecode(string? text) => WebUtility.UrlDecode(text) ?? "";

    private static string Value(SignedRequest request, string name)
        => name == "host" ? new HostString(request.Headers[name]).Host : request.Headers[name].Trim();

    // All but A-Z a-z 0-9 - _ . ~, in upper-case hexadecimal digits.
    private static string Encode(string text) => Uri.EscapeDataString(text);
}
