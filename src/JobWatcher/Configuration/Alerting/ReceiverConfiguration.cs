using JobWatcher.Configuration.Credentials;
using JobWatcher.Text;

namespace JobWatcher.Configuration.Alerting;

/// <summary>Where alerts go: one entry of <c>alerting.receivers</c>.</summary>
internal abstract record ReceiverConfiguration
{
    /// <summary>Its unique name: the label <c>receiver</c> of metrics.</summary>
    public required string Name { get; init; }

    /// <summary>How it is spoken to.</summary>
    public required ReceiverAccess Access { get; init; }
}

/// <summary>The Alertmanagers of one cluster.</summary>
internal sealed record AlertmanagerConfiguration : ReceiverConfiguration
{
    /// <summary>Their base addresses, each with a path prefix where it has one. At least one.</summary>
    public required IReadOnlyList<SecretAddress> Urls { get; init; }

    /// <summary>The time between two posts of an alert that does not change.</summary>
    /// <value>1 min; from 1 s to 1 h.</value>
    public required Duration ResendEvery { get; init; }

    /// <inheritdoc/>
    public bool Equals(AlertmanagerConfiguration? other) =>
        base.Equals(other) && Urls.SequenceEqual(other.Urls) && ResendEvery == other.ResendEvery;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Urls.Count, ResendEvery);
}

/// <summary>Somebody's own endpoint.</summary>
internal sealed record WebhookConfiguration : ReceiverConfiguration
{
    /// <summary>Where each event is sent to.</summary>
    public required SecretAddress Url { get; init; }

    /// <summary>The key of the signature, as Standard Webhooks writes it: base64, with or without <c>whsec_</c> before it.</summary>
    public required SecretConfiguration Secret { get; init; }
}
