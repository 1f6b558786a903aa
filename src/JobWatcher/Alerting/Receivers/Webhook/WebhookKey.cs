using JobWatcher.Configuration.Credentials;
using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Authentication.Secrets;

namespace JobWatcher.Alerting.Receivers.Webhook;

/// <summary>
/// The key of a webhook's signature. Its file is read again when it changes; one that goes bad leaves the last good key in
/// force. Safe for several threads.
/// </summary>
internal sealed class WebhookKey(SecretConfiguration secret, TimeProvider time)
{
    /// <summary>What a secret begins with, where it begins with anything.</summary>
    public const string Prefix = "whsec_";

    private readonly ISecretSource _source = secret.Source(time);
    private volatile Known? _known;

    /// <summary>The key of this moment.</summary>
    /// <exception cref="CloudException">There has never been one; the message names the file.</exception>
    public byte[] Current()
    {
        var text = _source.Current();
        var known = _known;
        if (known is null || !ReferenceEquals(known.Text, text))
        {
            // A text that cannot be read is noted with the key before it, so that it is tried once only.
            _known = known = new Known(text, Decode(text.Reveal()) ?? known?.Key);
        }

        return known.Key ?? throw new CloudException(
            CloudFault.Unauthorized, $"The secret {secret.File ?? "of the webhook"} is not base64 after {Prefix}.");
    }

    /// <summary>The bytes of a secret as Standard Webhooks writes it; null where it is not written so.</summary>
    public static byte[]? Decode(string text)
    {
        var base64 = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) && length > 0 ? bytes[..length] : null;
    }

    private sealed record Known(Secret Text, byte[]? Key);
}
