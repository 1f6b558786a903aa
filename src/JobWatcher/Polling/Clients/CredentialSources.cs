using JobWatcher.Configuration.Credentials;
using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Authentication.Metadata;
using JobWatcher.HuaweiCloud.Identity;
using JobWatcher.Planning;

namespace JobWatcher.Polling.Clients;

/// <summary>
/// Makes the sources of credentials. Targets that mean the same user in the same project share one, and with it its token.
/// Safe for several threads.
/// </summary>
internal sealed class CredentialSources(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<object, ICredentialSource> _sources = [];

    /// <summary>The source of a target.</summary>
    /// <param name="planned">The target.</param>
    /// <param name="identity">Makes a client of the identity service, for a user's tokens.</param>
    /// <param name="called">Told of each request that a source sends.</param>
    public ICredentialSource For(PlannedTarget planned, Func<IdentityClient> identity, Action<ApiCall> called)
    {
        var key = KeyOf(planned);
        lock (_lock)
        {
            return _sources.TryGetValue(key, out var known) ? known : _sources[key] = Make(planned, identity, called);
        }
    }

    /// <summary>Drops the sources that none of these targets uses. No request for one may be under way any more.</summary>
    public void Keep(IReadOnlyCollection<PlannedTarget> targets)
    {
        var used = targets.Select(KeyOf).ToHashSet();
        lock (_lock)
        {
            foreach (var key in _sources.Keys.Except(used).ToList())
            {
                _sources.Remove(key, out var source);
                (source as IDisposable)?.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var source in _sources.Values.OfType<IDisposable>())
        {
            source.Dispose();
        }
    }

    // A user's token is for one project and asked for in one way; all else is good for any.
    private static object KeyOf(PlannedTarget planned) => planned.Credentials is UserConfiguration
        ? (planned.Credentials, planned.Target.Region, planned.Target.ProjectId, planned.IamEndpoint, planned.CaFile,
            planned.RequestTimeout)
        : planned.Credentials;

    private ICredentialSource Make(
        PlannedTarget planned, Func<IdentityClient> identity, Action<ApiCall> called) => planned.Credentials switch
    {
        AccessKeyConfiguration key => new AccessKeySource(
            key.AccessKey.Source(time),
            key.SecretKey.Source(time),
            key.SecurityToken is { } securityToken ? securityToken.Source(time) : null),
        TokenConfiguration token => new TokenSource(token.Token.Source(time)),
        UserConfiguration user => new IamTokenSource(
            identity(),
            new IamUser(
                user.Domain, user.User, user.Password.Source(time),
                new ProjectScope(planned.Target.Region, planned.Target.ProjectId.Length == 0 ? null : planned.Target.ProjectId)),
            time),
        _ => new InstanceMetadataSource(time, called: called),
    };
}
