namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>Shifts times from the cloud's clock to that of an Alertmanager (rule A8 of the protocol).</summary>
/// <param name="Here">The cloud's time of a moment.</param>
/// <param name="There">The Alertmanager's time of that moment.</param>
internal readonly record struct ShiftedTimes(DateTimeOffset Here, DateTimeOffset There)
{
    /// <summary>What the Alertmanager's clock showed at a time, never later than now: what lies ahead has not happened.</summary>
    public DateTimeOffset Shift(DateTimeOffset time)
    {
        // A job may tell either end of the calendar, as some clouds do for "never".
        var ago = Here - time;
        return ago <= TimeSpan.Zero ? There :
            ago > There - DateTimeOffset.MinValue ? DateTimeOffset.MinValue :
            There - ago;
    }
}
