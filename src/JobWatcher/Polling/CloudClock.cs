namespace JobWatcher.Polling;

/// <summary>
/// Cloud time: the <c>Date</c> of an answer, carried on with a monotonic clock, because the watcher's own clock may be
/// wrong (<c>protocol</c>, first paragraph).
/// </summary>
/// <param name="Date">The cloud's time when the answer came.</param>
/// <param name="Timestamp">The monotonic time at that moment (<see cref="TimeProvider.GetTimestamp"/>).</param>
internal sealed record CloudClock(DateTimeOffset Date, long Timestamp)
{
    // By how much a date may be late: it is cut to the second, and as old as its answer was slow.
    private static readonly TimeSpan MostLate = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The clock after an answer. It does not go back because a date comes late, or what was over for a while would not be over
    /// again; it does when the cloud's own clock was set.
    /// </summary>
    /// <param name="before">The clock before it; null where there was none.</param>
    /// <param name="date">The answer's date.</param>
    /// <param name="time">The monotonic time.</param>
    public static CloudClock Read(CloudClock? before, DateTimeOffset date, TimeProvider time)
    {
        var late = before?.Now(time) - date;
        return late > TimeSpan.Zero && late <= MostLate ? before! : new CloudClock(date, time.GetTimestamp());
    }

    /// <summary>The cloud's time now.</summary>
    public DateTimeOffset Now(TimeProvider time) => Date + time.GetElapsedTime(Timestamp);
}
