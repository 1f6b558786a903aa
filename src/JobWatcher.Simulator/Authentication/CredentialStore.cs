using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Authentication;

/// <summary>
/// The keys and tokens that the cloud accepts. Thread-safe, each call in one step: tests rotate them under load.
/// </summary>
public sealed class CredentialStore
{
    /// <summary>As long as IAM's tokens get: what can carry this one can carry all.</summary>
    internal const int TokenLength = 10 * 1024;

    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(3650);

    private readonly Lock gate = new();
    private readonly Dictionary<string, SimulatedAccount> accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccessKey> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IssuedToken> tokens = new(StringComparer.Ordinal);
    private readonly TimeProvider clock;
    private TimeSpan tokenLifetime;
    private TimeSpan temporaryKeyLifetime;
    private TemporaryKey? current;
    private int issued;

    internal CredentialStore(IReadOnlyList<SimulatedAccount> accounts, TimeProvider clock)
    {
        this.clock = clock;
        Reset(accounts);
    }

    /// <value>How long the next tokens from IAM are valid. Default: 24 hours, as the cloud's.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0 and up to 10 years.</exception>
    public TimeSpan TokenLifetime
    {
        get => tokenLifetime;
        set => tokenLifetime = Checked(value);
    }

    /// <value>How long the next keys of the metadata service are valid. Default: an hour, as the cloud's.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0 and up to 10 years.</exception>
    public TimeSpan TemporaryKeyLifetime
    {
        get => temporaryKeyLifetime;
        set
        {
            lock (gate)
            {
                temporaryKeyLifetime = Checked(value);
                current = null;
            }
        }
    }

    /// <summary>Adds a user, or replaces the one of that name; keys and tokens given before stay valid.</summary>
    public void Add(SimulatedAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        lock (gate)
        {
            Accept(account);
        }
    }

    /// <summary>
    /// Replaces what a user proves to be that one with. The access key and the tokens from before are withdrawn, issued
    /// ones too, as by the cloud after a change of password or key; temporary keys of the metadata service stay valid.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no user of that name.</exception>
    public void Change(string domain, string user, Func<SimulatedAccount, SimulatedAccount> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (gate)
        {
            var before = FindUser(domain, user)
                ?? throw new KeyNotFoundException($"There is no user {user} in the domain {domain}.");
            var after = change(before) with { Domain = domain, User = user };
            if (before.AccessKey is { } accessKey)
            {
                keys.Remove(accessKey);
            }

            foreach (var (token, _) in tokens.Where(entry => entry.Value.Account.ToString() == before.ToString()))
            {
                tokens.Remove(token);
            }

            Accept(after);
        }
    }

    /// <summary>Withdraws an access key or a token.</summary>
    /// <returns>False where it was not known.</returns>
    public bool Revoke(string accessKeyOrToken)
    {
        lock (gate)
        {
            current = current?.AccessKey == accessKeyOrToken ? null : current;
            return keys.Remove(accessKeyOrToken) | tokens.Remove(accessKeyOrToken);
        }
    }

    /// <summary>Withdraws every token.</summary>
    public void RevokeAllTokens()
    {
        lock (gate)
        {
            tokens.Clear();
        }
    }

    /// <summary>Withdraws every key that the metadata service gave.</summary>
    public void RevokeTemporaryKeys()
    {
        lock (gate)
        {
            current = null;
            foreach (var (accessKey, _) in keys.Where(entry => entry.Value.Expires is not null))
            {
                keys.Remove(accessKey);
            }
        }
    }

    /// <summary>Gives the first user, by name, a new key for <see cref="TemporaryKeyLifetime"/>.</summary>
    public TemporaryKey IssueTemporaryKey()
    {
        lock (gate)
        {
            issued++;
            current = new TemporaryKey(
                "TMP" + DeterministicId.Hex($"access key {issued}")[..17].ToUpperInvariant(),
                DeterministicId.Hex($"secret key {issued}"),
                DeterministicId.Hex($"security token {issued}") + "+/=",
                clock.GetUtcNow() + temporaryKeyLifetime);
            keys[current.AccessKey] =
                new AccessKey(FirstAccount, current.SecretKey, current.SecurityToken, current.Expires);
            return current;
        }
    }

    /// <summary>The key that the metadata service shows: the same one until ten minutes before its end.</summary>
    internal TemporaryKey CurrentTemporaryKey()
    {
        lock (gate)
        {
            return current is { } key && clock.GetUtcNow() < key.Expires - RenewBefore ? key : IssueTemporaryKey();
        }
    }

    /// <summary>Gives a user a token for the password.</summary>
    /// <returns>Null where there is no such user with that password.</returns>
    internal (string Token, DateTimeOffset Expires)? IssueToken(
        string domain, string user, string password, string projectId)
    {
        lock (gate)
        {
            if (FindUser(domain, user) is not { Password: { } expected } account || password != expected)
            {
                return null;
            }

            var token = LongToken($"token {++issued}");
            var expires = clock.GetUtcNow() + tokenLifetime;
            tokens[token] = new IssuedToken(account, expires, projectId);
            return (token, expires);
        }
    }

    internal AccessKey? FindKey(string accessKey)
    {
        lock (gate)
        {
            return keys.GetValueOrDefault(accessKey);
        }
    }

    internal IssuedToken? FindToken(string token)
    {
        lock (gate)
        {
            return tokens.GetValueOrDefault(token);
        }
    }

    /// <summary>Goes back to these users and the cloud's own lifetimes; nothing that was issued is left.</summary>
    internal void Reset(IReadOnlyList<SimulatedAccount> to)
    {
        lock (gate)
        {
            accounts.Clear();
            keys.Clear();
            tokens.Clear();
            current = null;
            (tokenLifetime, temporaryKeyLifetime) = (TimeSpan.FromHours(24), TimeSpan.FromHours(1));
            foreach (var account in to)
            {
                Accept(account);
            }
        }
    }

    private SimulatedAccount FirstAccount
        => accounts.Values.MinBy(account => account.ToString(), StringComparer.Ordinal) ?? SimulatedAccount.Example;

    private SimulatedAccount? FindUser(string domain, string user) => accounts.GetValueOrDefault($"{domain}/{user}");

    private void Accept(SimulatedAccount account)
    {
        accounts[account.ToString()] = account;
        if (account is { AccessKey: { } accessKey, SecretKey: { } secret })
        {
            keys[accessKey] = new AccessKey(account, secret, account.SecurityToken, null);
        }

        foreach (var token in account.Tokens)
        {
            tokens[token] = new IssuedToken(account, null, null);
        }
    }

    private static string LongToken(string name)
    {
        const string Head = "MIIsim";
        var blocks = Enumerable.Range(0, TokenLength / 32).Select(block => DeterministicId.Hex($"{name} {block}"));
        return (Head + string.Concat(blocks))[..TokenLength];
    }

    private static TimeSpan Checked(TimeSpan lifetime)
        => lifetime > TimeSpan.Zero && lifetime <= LongestLifetime
            ? lifetime
            : throw new ArgumentOutOfRangeException(
                nameof(lifetime), lifetime, "A lifetime is above 0 and at most 10 years.");
}
