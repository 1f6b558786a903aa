using JobWatcher.Alerts;
using JobWatcher.Snapshots;

namespace JobWatcher.Storage;

/// <summary>All that one poll writes, in one transaction (rule C1 of the protocol).</summary>
internal sealed record PollCommit
{
    /// <summary>
    /// The target's row as it shall be, but for its version: <see cref="TargetRecord.Version"/> is the one that was read
    /// before the poll's first request, and the commit is refused when the store holds another one.
    /// </summary>
    public required TargetRecord Target { get; init; }

    /// <summary>The rows of jobs to write.</summary>
    public IReadOnlyList<JobSnapshot> Jobs { get; init; } = [];

    /// <summary>The steps to append to the log, in order.</summary>
    public IReadOnlyList<Transition> Transitions { get; init; } = [];

    /// <summary>What the transitions add to the counters.</summary>
    public IReadOnlyDictionary<CounterKey, CounterValue> Increments { get; init; } =
        new Dictionary<CounterKey, CounterValue>();

    /// <summary>
    /// Decides the target's alerts from those that fire, which are read inside the transaction (rule C3); null where
    /// nothing becomes of them.
    /// </summary>
    public Func<IReadOnlyList<Alert>, AlertChanges>? Alerts { get; init; }

    /// <summary>The target's own labels, kept with the transitions.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>What became of a commit.</summary>
/// <param name="Target">The row after the commit; null when the fence refused it and nothing was written.</param>
/// <param name="Transitions">The transitions as they were logged.</param>
/// <param name="Alerts">What became of the target's alerts.</param>
internal sealed record CommitResult(
    TargetRecord? Target, IReadOnlyList<CommittedTransition> Transitions, AlertChanges Alerts)
{
    /// <summary>Another writer came first.</summary>
    public static readonly CommitResult Refused = new(Target: null, [], AlertChanges.None);
}
