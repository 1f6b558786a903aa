namespace JobWatcher.Polling.Clocks;

/// <summary>
/// How long an outage lasts, measured with a monotonic clock, because the machine's own may be set meanwhile (rule R5 of
/// the protocol). Of what came before this process only the stored time tells.
/// </summary>
/// <param name="Before">How long it had lasted at <paramref name="Timestamp"/>.</param>
/// <param name="Timestamp">A monotonic time (<see cref="TimeProvider.GetTimestamp"/>).</param>
internal sealed record OutageClock(TimeSpan Before, long Timestamp)
{
    /// <summary>Goes on with an outage that another process saw begin.</summary>
    /// <param name="since">When it began, by the clock of that process; it cannot have begun in the future.</param>
    /// <param name="time">The clock.</param>
    public static OutageClock Since(DateTimeOffset since, TimeProvider time)
    {
        var lasted = time.GetUtcNow() - since;
        return new OutageClock(lasted > TimeSpan.Zero ? lasted : TimeSpan.Zero, time.GetTimestamp());
    }

    /// <summary>How long it has lasted by now.</summary>
    public TimeSpan Lasted(TimeProvider time) => Before + time.GetElapsedTime(Timestamp);
}
