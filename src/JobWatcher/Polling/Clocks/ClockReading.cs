
namespace JobWatcher.Polling.Clocks;

/// <summary>The machine's clock and the monotonic time at one moment.</summary>
/// <param name="Utc">The clock, which its keepers may set.</param>
/// <param name="Timestamp">The monotonic time (<see cref="TimeProvider.GetTimestamp"/>), which nobody can.</param>
internal readonly record struct ClockReading(DateTimeOffset Utc, long Timestamp)
{
    /// <summary>Reads both.</summary>
    public static ClockReading Of(TimeProvider time) => new(time.GetUtcNow(), time.GetTimestamp());

    /// <summary>
    /// By how much the clock has been set since an earlier reading: positive when it was put ahead. Corrections of its rate
    /// do not show, because the monotonic time follows them.
    /// </summary>
    public TimeSpan SetSince(ClockReading earlier, TimeProvider time) =>
        Utc - earlier.Utc - time.GetElapsedTime(earlier.Timestamp, Timestamp);
}
