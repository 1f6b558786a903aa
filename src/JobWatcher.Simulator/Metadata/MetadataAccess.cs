using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Metadata;

/// <summary>Whom the metadata service of a cloud server answers. Thread-safe.</summary>
public sealed class MetadataAccess
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> tokens = new(StringComparer.Ordinal);
    private readonly TimeProvider clock;
    private int issued;

    internal MetadataAccess(TimeProvider clock) => this.clock = clock;

    /// <value>
    /// Whether keys are given for <c>X-Metadata-Token</c> alone. Default: false; a token that is sent must be valid for
    /// all that.
    /// </value>
    public bool RequiresToken { get; set; }

    internal string IssueToken(TimeSpan lifetime)
    {
        lock (gate)
        {
            var token = DeterministicId.Hex($"metadata token {++issued}");
            tokens[token] = clock.GetUtcNow() + lifetime;
            return token;
        }
    }

    internal bool Admits(string token, DateTimeOffset now)
    {
        lock (gate)
        {
            return token.Length == 0 ? !RequiresToken : tokens.GetValueOrDefault(token) > now;
        }
    }

    internal void Reset()
    {
        lock (gate)
        {
            RequiresToken = false;
            tokens.Clear();
        }
    }
}
