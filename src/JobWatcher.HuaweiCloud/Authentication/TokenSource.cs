using JobWatcher.HuaweiCloud.Authentication.Secrets;

namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>A ready token that somebody else renews.</summary>
/// <param name="token">The token.</param>
public sealed class TokenSource(ISecretSource token) : ICredentialSource
{
    /// <inheritdoc/>
    public ValueTask<Credentials> GetAsync(CancellationToken cancellationToken) => new(new TokenCredentials(token.Current()));

    /// <inheritdoc/>
    public bool Invalidate(Credentials refused)
    {
        token.Refresh();
        return new TokenCredentials(token.Current()) != refused;
    }
}
