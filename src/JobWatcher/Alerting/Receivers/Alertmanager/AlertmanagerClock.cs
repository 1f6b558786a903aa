namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>
/// The clock of one Alertmanager, as the <c>Date</c> of its answers tells it: never ahead of it, since a date is cut to the
/// second and takes a while to arrive. Carried on by a monotonic clock.
/// </summary>
internal sealed class AlertmanagerClock(TimeProvider time)
{
    private (DateTimeOffset Date, long Timestamp)? _learned;

    /// <summary>Its time; null before the first answer that told it.</summary>
    public DateTimeOffset? Now => _learned is { } learned ? learned.Date + time.GetElapsedTime(learned.Timestamp) : null;

    /// <summary>An answer came just now.</summary>
    public void Learn(DateTimeOffset date) => _learned = (date, time.GetTimestamp());
}
