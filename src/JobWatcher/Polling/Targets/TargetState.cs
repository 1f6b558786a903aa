using System.Collections.Immutable;
using JobWatcher.Polling.Clocks;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Polling.Targets;

/// <summary>Everything known of a target, as one immutable fact that is swapped whole.</summary>
internal sealed record TargetState
{
    /// <summary>The row of the last read or commit; null before the first.</summary>
    public TargetRecord? Record { get; init; }

    /// <summary>The jobs.</summary>
    public Snapshot Snapshot { get; init; } = Snapshot.Empty;

    /// <summary>The durable counters as committed.</summary>
    public ImmutableDictionary<CounterKey, CounterValue> Counters { get; init; } =
        ImmutableDictionary<CounterKey, CounterValue>.Empty;

    /// <summary>The durable counters as they were when this process took the target over (rule R2).</summary>
    public ImmutableDictionary<CounterKey, CounterValue> CountersAtTakeOver { get; init; } =
        ImmutableDictionary<CounterKey, CounterValue>.Empty;

    /// <summary>
    /// The take-over that these belong to. It stays when the target's configuration changes, and is another one when the
    /// target was removed and is watched again.
    /// </summary>
    public object TakeOver { get; init; } = new();

    /// <summary>How polls ended since this process took the target over.</summary>
    public ImmutableDictionary<PollOutcome, long> Polls { get; init; } = ImmutableDictionary<PollOutcome, long>.Empty;

    /// <summary>How the last poll ended; null before the first.</summary>
    public PollOutcome? LastOutcome { get; init; }

    /// <summary>Whether our own store kept the last poll from its end, so that it says nothing of the cloud.</summary>
    public bool HasFailedAtStore { get; init; }

    /// <summary>How long the last poll took; null before the first.</summary>
    public TimeSpan? LastDuration { get; init; }

    /// <summary>
    /// The monotonic time of the last answered poll of this process, else of its start
    /// (<see cref="TimeProvider.GetTimestamp"/>).
    /// </summary>
    public required long AnsweredTimestamp { get; init; }

    /// <summary>How long the target's polls had waited for our own limits by then.</summary>
    public TimeSpan AnsweredWaited { get; init; }

    /// <summary>How long polls have failed at the cloud; null while they do not.</summary>
    public OutageClock? Failing { get; init; }

    /// <summary>How long they had waited when the running outage began.</summary>
    public TimeSpan FailingWaited { get; init; }

    /// <summary>True once a poll of this process was answered: before that, what the store tells may be old.</summary>
    public bool HasAnswered { get; init; }

    /// <summary>The cloud's clock, as of the last answer that counts; null before the first (rule A9).</summary>
    public CloudClock? Cloud { get; init; }
}
