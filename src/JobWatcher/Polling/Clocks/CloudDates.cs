namespace JobWatcher.Polling.Clocks;

/// <summary>
/// Which of the dates that a target's answers tell are the cloud's time (rule A9 of the protocol): a balancer may have one
/// server whose clock is wrong, and what ends or fires by it does not come back. Immutable.
/// </summary>
internal sealed record CloudDates
{
    // By how much a date may be late: it is cut to the second, and as old as its answer was slow.
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(1);

    // How far our own clock may be off and still be a witness.
    private static readonly TimeSpan OwnError = TimeSpan.FromMinutes(10);

    // Connections live for five minutes, so that at least two have told the same.
    private static readonly TimeSpan Undecided = TimeSpan.FromMinutes(10);

    // While our own clock speaks against it as well.
    private static readonly TimeSpan Contradicted = TimeSpan.FromHours(1);

    /// <summary>The cloud's clock; null while no date counts.</summary>
    public CloudClock? Clock { get; private init; }

    /// <summary>The cloud's clock, or before that what the dates tell that do not count yet.</summary>
    public CloudClock? Told => Clock ?? Doubted;

    // How far the cloud's clock was ahead of ours at the last answer to the process before; null where unknown.
    private TimeSpan? KnownAhead { get; init; }

    // The first of the dates that have told another clock since the last that counts.
    private CloudClock? Doubted { get; init; }

    /// <summary>Before the first answer to this process.</summary>
    /// <param name="knownAhead">How far the cloud's clock was ahead of ours at the last answer to the one before; null where unknown.</param>
    public static CloudDates Before(TimeSpan? knownAhead) => new() { KnownAhead = knownAhead };

    /// <summary>After an answer.</summary>
    /// <param name="date">Its date.</param>
    /// <param name="time">The monotonic time, and our own clock.</param>
    public CloudDates After(DateTimeOffset date, TimeProvider time)
    {
        var told = new CloudClock(date, time.GetTimestamp());
        if (Clock is { } clock && IsWithin(Near, date - clock.Now(time)))
        {
            // It does not go back because a date comes late, or what was over for a while would not be over again.
            return new CloudDates { Clock = date > clock.Now(time) ? told : clock };
        }

        var doubted = Doubted is { } before && IsWithin(Near, date - before.Now(time)) ? before : told;
        return time.GetElapsedTime(doubted.Timestamp) >= WaitFor(date - time.GetUtcNow(), time)
            ? new CloudDates { Clock = told }
            : this with { Doubted = doubted };
    }

    /// <summary>After another date of a listing's answers: the clock is not in doubt where that one can be its own.</summary>
    /// <param name="date">The date, which may be as old as the listing.</param>
    /// <param name="startedAt">The monotonic time at which the listing began.</param>
    /// <param name="time">The monotonic time.</param>
    public CloudDates Upheld(DateTimeOffset date, long startedAt, TimeProvider time) =>
        Clock?.Now(time) is { } now && IsOfListing(date, startedAt, now, time) ? this with { Doubted = null } : this;

    /// <summary>The time of a listing: its date, where that can be the clock's.</summary>
    /// <param name="date">The earliest date of its pages; null where they have none.</param>
    /// <param name="startedAt">The monotonic time at which it began.</param>
    /// <param name="time">The monotonic time.</param>
    public DateTimeOffset? TimeOf(DateTimeOffset? date, long startedAt, TimeProvider time)
    {
        if (Clock?.Now(time) is not { } now)
        {
            return date;
        }

        return date is null ? now
            : IsOfListing(date.Value, startedAt, now, time) ? date
            : now - time.GetElapsedTime(startedAt);
    }

    private static bool IsOfListing(DateTimeOffset date, long startedAt, DateTimeOffset now, TimeProvider time) =>
        now - time.GetElapsedTime(startedAt) - Near <= date && date <= now + Near;

    // For how long dates must have told another clock until it counts, of which this is the last.
    private TimeSpan WaitFor(TimeSpan ahead, TimeProvider time) =>
        Clock is { } clock
            ? IsWithin(OwnError, clock.Now(time) - time.GetUtcNow()) ? Contradicted
            : IsWithin(OwnError, ahead) ? TimeSpan.Zero : Undecided
        : IsWithin(OwnError, ahead) || (KnownAhead is { } known && IsWithin(OwnError, ahead - known)) ? TimeSpan.Zero
        : Undecided;

    private static bool IsWithin(TimeSpan bound, TimeSpan difference) => difference.Duration() <= bound;
}
