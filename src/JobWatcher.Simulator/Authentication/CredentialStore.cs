using System.Collections.Concurrent;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Authentication;

/// <summary>The keys and tokens that the cloud accepts. Thread-safe: tests rotate them under load.</summary>
public sealed class CredentialStore
{
    private readonly ConcurrentDictionary<string, SimulatedAccount> accounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AccessKey> keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IssuedToken> tokens = new(StringComparer.Ordinal);
    private readonly TimeProvider clock;
    private int issued;

    internal CredentialStore(IEnumerable<SimulatedAccount> accounts, TimeProvider clock)
    {
        this.clock = clock;
        foreach (var account in accounts)
        {
            Add(account);
        }
    }

    /// <value>How long a token from IAM is valid. Default: 24 hours, as the cloud's.</value>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <value>How long a key from the metadata service is valid. Default: an hour, as the cloud's.</value>
    public TimeSpan TemporaryKeyLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Adds a user, or replaces the one of that name; keys and tokens given before stay valid.</summary>
    public void Add(SimulatedAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        accounts[account.ToString()] = account;
        if (account is { AccessKey: { } accessKey, SecretKey: { } secret })
        {
            keys[accessKey] = new AccessKey(account, secret, account.SecurityToken, null);
        }

        foreach (var token in account.Tokens)
        {
            tokens[token] = new IssuedToken(account, null);
        }
    }

    /// <summary>Withdraws an access key or a token.</summary>
    /// <returns>False where it was not known.</returns>
    public bool Revoke(string accessKeyOrToken)
        => keys.TryRemove(accessKeyOrToken, out _) | tokens.TryRemove(accessKeyOrToken, out _);

    /// <summary>Withdraws every token.</summary>
    public void RevokeAllTokens() => tokens.Clear();

    /// <summary>Gives the first user a key for <see cref="TemporaryKeyLifetime"/>.</summary>
    public TemporaryKey IssueTemporaryKey()
    {
        var number = Interlocked.Increment(ref issued);
        var key = new TemporaryKey(
            "TMP" + DeterministicId.Hex($"access key {number}")[..17].ToUpperInvariant(),
            DeterministicId.Hex($"secret key {number}"),
            DeterministicId.Hex($"security token {number}") + "+/=",
            clock.GetUtcNow() + TemporaryKeyLifetime);
        keys[key.AccessKey] = new AccessKey(FirstAccount, key.SecretKey, key.SecurityToken, key.Expires);
        return key;
    }

    internal (string Token, DateTimeOffset Expires) IssueToken(SimulatedAccount account)
    {
        var token = "MIIsim" + DeterministicId.Hex($"token {Interlocked.Increment(ref issued)}");
        var expires = clock.GetUtcNow() + TokenLifetime;
        tokens[token] = new IssuedToken(account, expires);
        return (token, expires);
    }

    internal SimulatedAccount? FindUser(string domain, string user) => accounts.GetValueOrDefault($"{domain}/{user}");

    internal AccessKey? FindKey(string accessKey) => keys.GetValueOrDefault(accessKey);

    internal IssuedToken? FindToken(string token) => tokens.GetValueOrDefault(token);

    private SimulatedAccount FirstAccount
        => accounts.Values.MinBy(account => account.ToString(), StringComparer.Ordinal) ?? SimulatedAccount.Example;
}
