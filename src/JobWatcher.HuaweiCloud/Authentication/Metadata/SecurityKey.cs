using System.Globalization;
using System.Text;
using System.Text.Json;
using JobWatcher.HuaweiCloud.Http;

namespace JobWatcher.HuaweiCloud.Authentication.Metadata;

/// <summary>Reads the answers of the metadata service.</summary>
internal static class SecurityKey
{
    private const int MaxTokenLength = 4096;

    /// <exception cref="FormatException">It is not what was asked for.</exception>
    public static IssuedCredentials Read(ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var key = document.RootElement.GetProperty("credential");
            var credentials = new AccessKeyCredentials(Text(key, "access"), Text(key, "secret"), Text(key, "securitytoken"));
            var end = DateTimeOffset.Parse(Text(key, "expires_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            return end > now
                ? new IssuedCredentials(credentials, end - now)
                : throw new FormatException("keys that have ended already");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException($"{BodyKind.Describe(body)} without keys", exception);
        }
    }

    /// <summary>The token; null where the answer cannot be one.</summary>
    public static Secret? ReadToken(ReadOnlySpan<byte> body)
    {
        var text = Encoding.ASCII.GetString(body).Trim();
        return text.Length is > 0 and <= MaxTokenLength && HeaderFitness.Fits(text) ? new Secret(text) : null;
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new KeyNotFoundException();
}
