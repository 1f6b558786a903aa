using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>
/// A request in the one form that both ends sign, whatever way it was written. The rules are those of the vendor's
/// <c>SDK-HMAC-SHA256</c>; captured requests of its own SDK are the test vectors.
/// </summary>
internal sealed class CanonicalRequest
{
    private CanonicalRequest(string text, string signedHeaders) => (Text, SignedHeaders) = (text, signedHeaders);

    public string Text { get; }

    /// <summary>The names of the headers that the text covers, joined by <c>;</c>.</summary>
    public string SignedHeaders { get; }

    public static CanonicalRequest Of(
        string method, string path, string query, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlySpan<byte> body)
    {
        var signed = headers
            .Select(header => (Name: header.Key.ToLower(CultureInfo.InvariantCulture), Value: header.Value.Trim()))
            .OrderBy(header => header.Name, StringComparer.Ordinal)
            .ToArray();
        var names = string.Join(';', signed.Select(header => header.Name));
        var lines = string.Concat(signed.Select(header => $"{header.Name}:{header.Value}\n"));
        var bodyHash = Convert.ToHexStringLower(SHA256.HashData(body));
        var text = string.Join('\n', method, CanonicalPath(path), CanonicalQuery(query), lines, names, bodyHash);
        return new CanonicalRequest(text, names);
    }

    private static string CanonicalPath(string path)
    {
        var segments = path.Split('/').Select(segment => Encode(Uri.UnescapeDataString(segment)));
        var joined = string.Join('/', segments);
        return joined.EndsWith('/') ? joined : joined + "/";
    }

    private static string CanonicalQuery(string query)
    {
        var pairs = query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: WebUtility.UrlDecode(pair[0]), Value: pair.Length > 1 ? WebUtility.UrlDecode(pair[1]) : ""))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{Encode(pair.Name)}={Encode(pair.Value)}");
        return string.Join('&', pairs);
    }

    private static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~')
            {
                encoded.Append((char)octet);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
            }
        }

        return encoded.ToString();
    }
}
