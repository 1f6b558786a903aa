using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Http;

namespace JobWatcher.HuaweiCloud.Identity;

/// <summary>The body and the answer of <c>POST /v3/auth/tokens</c>.</summary>
internal static class TokenRequest
{
    // What the vendor documents, for an answer that does not tell.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public static byte[] Body(IamUser user, Secret password)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("auth");
            json.WriteStartObject("identity");
            json.WriteStartArray("methods");
            json.WriteStringValue("password");
            json.WriteEndArray();
            json.WriteStartObject("password");
            json.WriteStartObject("user");
            json.WriteString("name", user.Name);
            json.WriteString("password", password.Reveal());
            json.WriteStartObject("domain");
            json.WriteString("name", user.Domain);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("scope");
            json.WriteStartObject("project");
            json.WriteString(user.Scope.ProjectId is null ? "name" : "id", user.Scope.ProjectId ?? user.Scope.Region);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The password as it stands in the body, which gives it away as well.</summary>
    public static Secret Written(Secret password) => new(JsonEncodedText.Encode(password.Reveal()).ToString());

    /// <exception cref="FormatException">It is not what was asked for.</exception>
    public static IssuedCredentials Read(ReadOnlySpan<byte> body, HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (!headers.NonValidated.TryGetValues("X-Subject-Token", out var values)
            || values.ToString() is not { Length: > 0 } token || !HeaderFitness.Fits(token))
        {
            throw new FormatException("no token in X-Subject-Token");
        }

        var lifetime = EndOf(body) - (ServerDate.Of(headers) ?? now) ?? Lifetime;
        return lifetime > TimeSpan.Zero
            ? new IssuedCredentials(new TokenCredentials(token), lifetime)
            : throw new FormatException("a token that has ended already");
    }

    private static DateTimeOffset? EndOf(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var text = document.RootElement.GetProperty("token").GetProperty("expires_at").GetString();
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end) ? end : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
