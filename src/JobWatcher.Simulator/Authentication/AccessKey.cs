namespace JobWatcher.Simulator.Authentication;

/// <summary>An access key that the cloud knows, permanent or temporary.</summary>
internal sealed class AccessKey(SimulatedAccount account, string secret, string? securityToken, DateTimeOffset? expires)
{
    public SimulatedAccount Account => account;

    public string Secret => secret;

    public string? SecurityToken => securityToken;

    public DateTimeOffset? Expires => expires;
}
