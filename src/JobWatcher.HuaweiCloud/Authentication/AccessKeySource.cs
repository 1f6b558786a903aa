using JobWatcher.HuaweiCloud.Authentication.Secrets;

namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>An access key whose secrets may change.</summary>
/// <param name="accessKey">The key's identity; not a secret.</param>
/// <param name="secretKey">What is signed with.</param>
/// <param name="securityToken">Goes along with temporary keys.</param>
public sealed class AccessKeySource(string accessKey, ISecretSource secretKey, ISecretSource? securityToken = null)
    : ICredentialSource
{
    /// <inheritdoc/>
    public ValueTask<Credentials> GetAsync(CancellationToken cancellationToken) => new(Current());

    /// <inheritdoc/>
    public bool Invalidate(Credentials refused)
    {
        secretKey.Refresh();
        securityToken?.Refresh();
        return Current() != refused;
    }

    private AccessKeyCredentials Current() => new(accessKey, secretKey.Current(), securityToken?.Current());
}
