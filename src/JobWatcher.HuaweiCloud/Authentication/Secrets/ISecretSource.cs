namespace JobWatcher.HuaweiCloud.Authentication.Secrets;

/// <summary>Where a secret comes from: <see cref="FixedSecret"/> or a <see cref="SecretFile"/>. Thread safe.</summary>
public interface ISecretSource
{
    /// <summary>The secret of this moment: the same object for as long as it does not change.</summary>
    /// <exception cref="CloudException">There has never been one.</exception>
    Secret Current();

    /// <summary>Looks at once whether it changed, for a secret that was refused.</summary>
    void Refresh();
}

/// <summary>A secret that never changes.</summary>
public sealed class FixedSecret(Secret secret) : ISecretSource
{
    /// <inheritdoc/>
    public Secret Current() => secret;

    /// <inheritdoc/>
    public void Refresh()
    {
        // It is what it is.
    }
}
