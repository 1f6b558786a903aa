using JobWatcher.HuaweiCloud.Authentication;

namespace JobWatcher.HuaweiCloud.Identity;

/// <summary>
/// The token of a user with password. It is renewed an hour before its end, when the API refuses it, and when the password
/// changes. Thread safe.
/// </summary>
/// <remarks>
/// A password that was refused is not sent again for five minutes unless it changes: the identity service locks a user for
/// 15 minutes after five wrong ones.
/// </remarks>
public sealed class IamTokenSource : ICredentialSource
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromHours(1);
    private static readonly TimeSpan HoldRefused = TimeSpan.FromMinutes(5);

    private readonly IdentityClient _client;
    private readonly IamUser _user;
    private readonly TimeProvider _time;
    private readonly RenewingCredentials _tokens;
    private volatile Secret? _used;
    private volatile Refusal? _refusal;

    /// <summary>Creates the source; nothing is asked yet.</summary>
    /// <param name="client">Calls the identity service.</param>
    /// <param name="user">Whose token.</param>
    /// <param name="time">The time of lifetimes.</param>
    public IamTokenSource(IdentityClient client, IamUser user, TimeProvider time)
    {
        (_client, _user, _time) = (client, user, time);
        _tokens = new RenewingCredentials(IssueAsync, RenewBefore, time);
    }

    /// <inheritdoc/>
    public ValueTask<Credentials> GetAsync(CancellationToken cancellationToken)
    {
        if (_used is { } used && !ReferenceEquals(used, _user.Password.Current()))
        {
            _tokens.Drop();
        }

        return _tokens.GetAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public bool Invalidate(Credentials refused) => _tokens.Drop(refused);

    private async Task<IssuedCredentials> IssueAsync(CancellationToken cancellationToken)
    {
        var password = _user.Password.Current();
        if (_refusal is { } refusal && ReferenceEquals(refusal.Password, password) && _time.GetElapsedTime(refusal.At) < HoldRefused)
        {
            throw refusal.Fault;
        }

        try
        {
            _used = password;
            return await _client.CreateTokenAsync(_user, password, cancellationToken);
        }
        catch (CloudException fault)
        {
            var told = fault.Retold($"No token for user {_user.Name} of {_user.Domain}: {fault.Message}");
            _refusal = fault.HttpStatus is 401 ? new Refusal(password, told, _time.GetTimestamp()) : null;
            throw told;
        }
    }

    private sealed record Refusal(Secret Password, CloudException Fault, long At);
}
