using JobWatcher.HuaweiCloud.Authentication.Secrets;

namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>
/// An access key that may change, identity and all. Where its files change one after the other, a request that was signed
/// in between is refused, and sent once more when all are there.
/// </summary>
/// <param name="accessKey">The key's identity.</param>
/// <param name="secretKey">What is signed with.</param>
/// <param name="securityToken">Goes along with temporary keys.</param>
public sealed class AccessKeySource(
    ISecretSource accessKey, ISecretSource secretKey, ISecretSource? securityToken = null) : ICredentialSource
{
    /// <inheritdoc/>
    public ValueTask<Credentials> GetAsync(CancellationToken cancellationToken) => new(Current());

    /// <inheritdoc/>
    public bool Invalidate(Credentials refused)
    {
        accessKey.Refresh();
        secretKey.Refresh();
        securityToken?.Refresh();
        return Current() != refused;
    }

    private AccessKeyCredentials Current() => 
        new(accessKey.Current().Reveal(), secretKey.Current(), securityToken?.Current());
}
