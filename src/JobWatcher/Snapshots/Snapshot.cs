using System.Collections.Immutable;

namespace JobWatcher.Snapshots;

/// <summary>All jobs of one target that the API still lists, as they were last seen. Immutable.</summary>
/// <param name="WatchFrom">
/// The cloud time of the target's first answered poll; null before it. Rule D1 tells old jobs from new ones by it.
/// </param>
/// <param name="Jobs">By job id, compared ordinally.</param>
internal sealed record Snapshot(DateTimeOffset? WatchFrom, ImmutableDictionary<string, JobSnapshot> Jobs)
{
    /// <summary>What a target starts with.</summary>
    public static readonly Snapshot Empty =
        new(WatchFrom: null, ImmutableDictionary.Create<string, JobSnapshot>(StringComparer.Ordinal));
}
