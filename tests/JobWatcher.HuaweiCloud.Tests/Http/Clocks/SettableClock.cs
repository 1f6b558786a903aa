namespace JobWatcher.HuaweiCloud.Tests.Http.Clocks;

/// <summary>A machine whose clock can be set while the monotonic time goes on as before.</summary>
internal sealed class SettableClock(TimeProvider machine) : TimeProvider
{
    /// <summary>By how much the clock is off that of the machine.</summary>
    public TimeSpan Ahead { get; set; }

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Ahead;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);
}
