namespace JobWatcher.Configuration.Alerting;

/// <summary>
/// The address of a receiver, whose path and query are often all that keeps strangers out: printing, logging or
/// destructuring it gives no more than scheme and host.
/// </summary>
internal sealed class SecretAddress(Uri address) : IEquatable<SecretAddress>
{
    /// <summary>The whole address, for the one place that sends to it.</summary>
    public Uri Reveal() => address;

    /// <summary>Whether requests to it travel unencrypted over a network.</summary>
    public bool IsExposed => address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback;

    /// <inheritdoc/>
    public bool Equals(SecretAddress? other) => other is not null && other.Reveal().AbsoluteUri == address.AbsoluteUri;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(address.AbsoluteUri);

    /// <inheritdoc/>
    public override string ToString() => $"{address.Scheme}://{address.Host}";
}
