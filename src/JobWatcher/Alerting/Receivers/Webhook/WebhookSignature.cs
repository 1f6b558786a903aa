using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JobWatcher.Alerting.Receivers.Webhook;

/// <summary>Signs requests by the symmetric scheme of Standard Webhooks 1.0.0.</summary>
internal static class WebhookSignature
{
    /// <summary>The header with the event's identity.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header with the time of the attempt, in unix seconds.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header with the signature.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>The value of <see cref="TimestampHeader"/>.</summary>
    public static string Timestamp(DateTimeOffset attempted) =>
        attempted.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>The value of <see cref="SignatureHeader"/>: <c>v1,</c> and base64 of HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="id">The event's identity, without a full stop.</param>
    /// <param name="timestamp">What <see cref="Timestamp"/> gives.</param>
    /// <param name="body">The body as it is sent, byte for byte.</param>
    public static string Of(ReadOnlySpan<byte> key, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        mac.AppendData(body);
        return $"v1,{Convert.ToBase64String(mac.GetHashAndReset())}";
    }
}
