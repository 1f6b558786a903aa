namespace JobWatcher.HuaweiCloud.Http.Clocks;

/// <summary>
/// The clock of one endpoint, shared by all targets there: the <c>Date</c> of its last answer, carried on with the
/// monotonic clock, which goes on as before when somebody sets the machine's. Thread safe.
/// </summary>
/// <param name="time">This machine's clock and the monotonic one.</param>
/// <param name="skewed">
/// Told once when an answer shows that this machine's clock is 10 minutes or more off, and again when by how much changes
/// by that, or it was right for an hour; positive where it is ahead. Called within a request: must not block or throw.
/// </param>
public sealed class EndpointClock(TimeProvider time, Action<TimeSpan>? skewed = null)
{
    private readonly SkewSpell _spell = new(time);
    private volatile Reading? _last;

    /// <summary>Takes in the <c>Date</c> of an answer that has just come.</summary>
    public void Learn(DateTimeOffset date)
    {
        _last = new Reading(date, time.GetTimestamp());
        var skew = time.GetUtcNow() - date;
        if (_spell.Begins(skew))
        {
            skewed?.Invoke(skew);
        }
    }

    /// <summary>
    /// By how much a reading of this machine's clock, taken just now, is ahead of the endpoint's; null before the first
    /// answer. While the machine sleeps the monotonic clock may stand still; the next answer puts that right.
    /// </summary>
    public TimeSpan? SkewOf(DateTimeOffset now) =>
        _last is { } last ? now - last.Date - time.GetElapsedTime(last.Timestamp) : null;

    private sealed record Reading(DateTimeOffset Date, long Timestamp);
}
