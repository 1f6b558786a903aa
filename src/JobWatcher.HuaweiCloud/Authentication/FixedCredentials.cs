namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>Credentials that never change.</summary>
public sealed class FixedCredentials(Credentials credentials) : ICredentialSource
{
    /// <inheritdoc/>
    public ValueTask<Credentials> GetAsync(CancellationToken cancellationToken) => new(credentials);
}
