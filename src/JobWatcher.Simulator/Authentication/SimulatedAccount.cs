namespace JobWatcher.Simulator.Authentication;

/// <summary>A user of the simulated cloud, and the ways in which this user may prove to be that one.</summary>
public sealed record SimulatedAccount
{
    /// <summary>A user with made-up keys, which nothing but a simulator accepts.</summary>
    public static SimulatedAccount Example { get; } = new()
    {
        AccessKey = "AKEXAMPLE0123456789A",
        SecretKey = "skExample/0123456789abcdefghijklmnopqrst",
        Password = "password-example",
        Tokens = ["token-example"],
    };

    /// <value>The account's name in IAM. Default: <c>example-domain</c>.</value>
    public string Domain { get; init; } = "example-domain";

    /// <value>The user's name in IAM. Default: <c>example-user</c>.</value>
    public string User { get; init; } = "example-user";

    /// <value>The password that IAM gives a token for; null: none does.</value>
    public string? Password { get; init; }

    /// <value>The access key id; null: the user cannot sign.</value>
    public string? AccessKey { get; init; }

    /// <value>The secret of <see cref="AccessKey"/>.</value>
    public string? SecretKey { get; init; }

    /// <value>What must travel with a temporary key; null: the key is permanent.</value>
    public string? SecurityToken { get; init; }

    /// <value>Ready tokens, valid until revoked.</value>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <value>Whether the user has <c>gaussdbformysql:task:list</c>. Default: true.</value>
    public bool MayListJobs { get; init; } = true;

    /// <summary>The user's name alone: secrets are not for printing.</summary>
    public override string ToString() => $"{Domain}/{User}";
}
