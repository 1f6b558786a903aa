namespace JobWatcher.EndToEndTests.Chaos.Store;

/// <summary>What the store held when a process had ended, read from a copy: what was committed until then, and must last.</summary>
/// <param name="Process">The process' number.</param>
/// <param name="Integrity">What <c>PRAGMA integrity_check</c> answers.</param>
/// <param name="Log">The identities of each target's steps, in the order of its log.</param>
/// <param name="Counters">The durable counters.</param>
internal sealed record CommittedState(
    int Process, string Integrity, IReadOnlyDictionary<string, IReadOnlyList<string>> Log, IReadOnlyList<StoredCounter> Counters)
{
    /// <summary>How many steps it held.</summary>
    public int Steps => Log.Values.Sum(ids => ids.Count);
}
