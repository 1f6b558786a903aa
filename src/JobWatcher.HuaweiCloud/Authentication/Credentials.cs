namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>What a request is authenticated with: <see cref="AccessKeyCredentials"/> or a <see cref="TokenCredentials"/>.</summary>
public abstract record Credentials
{
    private protected Credentials()
    {
    }

    /// <summary>All that must not be seen.</summary>
    internal abstract IEnumerable<Secret> Secrets { get; }
}

/// <summary>An access key, with which each request is signed.</summary>
/// <param name="AccessKey">The key's identity. It travels openly.</param>
/// <param name="SecretKey">What is signed with; it never travels.</param>
/// <param name="SecurityToken">Goes along with temporary keys.</param>
public sealed record AccessKeyCredentials(string AccessKey, Secret SecretKey, Secret? SecurityToken = null) : Credentials
{
    // The access key too: people swap the two, and then a server echoes the secret one.
    internal override IEnumerable<Secret> Secrets =>
        new[] { AccessKey.Length > 0 ? new Secret(AccessKey) : null, SecretKey, SecurityToken }.OfType<Secret>();
}

/// <summary>A token of the identity service, sent as <c>X-Auth-Token</c>.</summary>
/// <param name="Token">The token, up to about 10 KB long.</param>
public sealed record TokenCredentials(Secret Token) : Credentials
{
    internal override IEnumerable<Secret> Secrets => [Token];
}
