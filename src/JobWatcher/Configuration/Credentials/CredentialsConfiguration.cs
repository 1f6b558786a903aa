using JobWatcher.HuaweiCloud.Authentication.Secrets;
using JobWatcher.HuaweiCloud.Authentication;

namespace JobWatcher.Configuration.Credentials;

/// <summary>Whom to be: one entry of <c>credentials</c>.</summary>
internal abstract record CredentialsConfiguration;

/// <summary>An access key, permanent or temporary.</summary>
/// <param name="AccessKey">The key's identity, read as a secret because people swap the two.</param>
/// <param name="SecretKey">What is signed with.</param>
/// <param name="SecurityToken">Goes along with temporary keys.</param>
internal sealed record AccessKeyConfiguration(
    SecretConfiguration AccessKey, SecretConfiguration SecretKey, SecretConfiguration? SecurityToken) : CredentialsConfiguration;

/// <summary>A ready token that somebody else renews.</summary>
internal sealed record TokenConfiguration(SecretConfiguration Token) : CredentialsConfiguration;

/// <summary>A user of the identity service, who gets tokens by password.</summary>
internal sealed record UserConfiguration(string Domain, string User, SecretConfiguration Password) : CredentialsConfiguration;

/// <summary>The temporary keys of the cloud server that JobWatcher runs on.</summary>
internal sealed record InstanceMetadataConfiguration : CredentialsConfiguration;

/// <summary>A secret, and the file that it came from.</summary>
/// <param name="Value">The secret as it was read.</param>
/// <param name="File">The file's absolute path, to be read again when it changes; null for one given inline.</param>
internal sealed record SecretConfiguration(Secret Value, string? File = null)
{
    /// <summary>Where the secret is had from: itself, or its file, which is read again when it changes.</summary>
    public ISecretSource Source(TimeProvider time) => File is { } file ? new SecretFile(file, time) : new FixedSecret(Value);

    /// <summary>Whether both mean the same secret: one in a file is the same whatever the file holds by now.</summary>
    public bool Equals(SecretConfiguration? other) =>
        other is not null && File == other.File && (File is not null || Value.Reveal() == other.Value.Reveal());

    /// <inheritdoc/>
    public override int GetHashCode() => (File ?? Value.Reveal()).GetHashCode(StringComparison.Ordinal);
}
