using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Planning;
using JobWatcher.Polling.Budgets;
using JobWatcher.Polling.Clients;

namespace JobWatcher.Polling.Targets;

/// <content>What others may read at any time.</content>
internal sealed partial class TargetWatch
{
    /// <summary>The target.</summary>
    public WatchedTarget Target => Volatile.Read(ref _target);

    /// <summary>What it shares with the other targets of its credentials entry.</summary>
    public EntryShare Share => share;

    /// <summary>The time between the starts of two polls, as stretched by the budget.</summary>
    public TimeSpan Interval => Target.Interval * share.Factor;

    /// <summary>How long polls may fail before the state is unknown, as stretched by the budget.</summary>
    public TimeSpan UnknownAfter => Target.UnknownAfter * share.Factor;

    /// <summary>How many requests the last regular poll that was answered took; 1 before it.</summary>
    public int RequestsAPoll { get; private set; } = 1;

    /// <summary>Ends the watch when another takes its place or the target is removed.</summary>
    public Retirement Retirement { get; } = new();

    /// <summary>The clock of its polls.</summary>
    public PollClock Clock => clock;

    /// <summary>The requests sent for it.</summary>
    public ApiCalls Calls => calls;

    /// <summary>What is known of it now.</summary>
    public TargetState State => Volatile.Read(ref _state);

    /// <summary>The time that its cloud's clock shows now; null before any date counts (rule A9).</summary>
    public DateTimeOffset? CloudNow => State.Cloud?.Now(time);

    /// <summary>The label values of its jobs.</summary>
    public TargetLabels Labels => Volatile.Read(ref _labels);

    /// <summary>The monotonic time of the last poll's start, before the first of the watch's own.</summary>
    public long AttemptTimestamp => Volatile.Read(ref _attemptTimestamp);

    /// <summary>
    /// How long the last poll has been on its way without one, not counting waits for our limits, whoever imposed them.
    /// </summary>
    public TimeSpan SinceAttempt => time.GetElapsedTime(AttemptTimestamp) - (clock.Waited - _waitedAtAttempt);

    /// <summary>Whether the target's state is unknown now (rule R4).</summary>
    public bool IsUnknown => Unknown.Holds(State, UnknownAfter, clock.WaitedForOurselves, time);

    /// <summary>Whether our own store keeps this poll from going on, or kept the last one from its end.</summary>
    public bool IsHeldByStore => _isHeldByStore || State.HasFailedAtStore;

    /// <summary>Why the last poll was not answered, in a sentence; null while it was, or where nothing more is known.</summary>
    public string? LastFailure { get; private set; }

    private TimeSpan OutageLasted => State.Failing?.Lasted(time) ?? TimeSpan.Zero;

    /// <summary>The monotonic time of the last poll's end; null before the first.</summary>
    public long? LastPollEnded { get; private set; }
}
