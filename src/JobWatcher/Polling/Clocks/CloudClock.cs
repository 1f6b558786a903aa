namespace JobWatcher.Polling.Clocks;

/// <summary>
/// Cloud time: the <c>Date</c> of an answer, carried on with a monotonic clock, because the watcher's own clock may be
/// wrong (<c>protocol</c>, first paragraph).
/// </summary>
/// <param name="Date">The cloud's time when the answer came.</param>
/// <param name="Timestamp">The monotonic time at that moment (<see cref="TimeProvider.GetTimestamp"/>).</param>
internal sealed record CloudClock(DateTimeOffset Date, long Timestamp)
{
    /// <summary>The cloud's time now.</summary>
    public DateTimeOffset Now(TimeProvider time) => Date + time.GetElapsedTime(Timestamp);
}
