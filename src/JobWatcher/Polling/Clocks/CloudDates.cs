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

    private static readonly Proof OneAnswer = new(TimeSpan.Zero, Answers: 1);

    // Connections live for five minutes, so that at least two have told the same.
    private static readonly Proof Undecided = new(TimeSpan.FromMinutes(10), Answers: 2);

    // While our own clock speaks against it as well. With polls far apart time alone would be two answers of one server.
    private static readonly Proof Contradicted = new(TimeSpan.FromHours(1), Answers: 6);

    /// <summary>The cloud's clock; null while no date counts.</summary>
    public CloudClock? Clock { get; private init; }

    /// <summary>The cloud's clock, or before that what the dates tell that do not count yet.</summary>
    public CloudClock? Told => Clock ?? Doubted;

    // How far the cloud's clock was ahead of ours at the last answer to the process before; null where unknown.
    private TimeSpan? KnownAhead { get; init; }

    // The first of the dates that have told another clock since the last that counts.
    private CloudClock? Doubted { get; init; }

    // How many answers have told it.
    private int DoubtedAnswers { get; init; }

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

        var (doubted, answers) = Doubted is { } before && IsWithin(Near, date - before.Now(time))
            ? (before, DoubtedAnswers + 1)
            : (told, 1);
        var needed = ProofOf(date - time.GetUtcNow(), time);
        return time.GetElapsedTime(doubted.Timestamp) >= needed.Time && answers >= needed.Answers
            ? new CloudDates { Clock = told }
            : this with { Doubted = doubted, DoubtedAnswers = answers };
    }

    /// <summary>After another date of a listing's answers: the clock is not in doubt where that one can be its own.</summary>
    /// <param name="date">The date, which may be as old as the listing.</param>
    /// <param name="startedAt">The monotonic time at which the listing began.</param>
    /// <param name="time">The monotonic time.</param>
    public CloudDates Upheld(DateTimeOffset date, long startedAt, TimeProvider time) =>
        Clock?.Now(time) is { } now && IsOfListing(date, startedAt, now, Near, time) ? this with { Doubted = null } : this;

    /// <summary>
    /// The time of a listing: its date, where that can be the clock's. Before a date counts, the last process tells what can.
    /// </summary>
    /// <param name="date">The earliest date of its pages; null where they have none.</param>
    /// <param name="startedAt">The monotonic time at which it began.</param>
    /// <param name="time">The monotonic time, and our own clock.</param>
    public DateTimeOffset? TimeOf(DateTimeOffset? date, long startedAt, TimeProvider time)
    {
        var (believed, bound) = Clock is { } clock ? (clock.Now(time), Near) : (time.GetUtcNow() + KnownAhead, OwnError);
        return believed is not { } now ? date
            : date is null ? now
            : IsOfListing(date.Value, startedAt, now, bound, time) ? date
            : now - time.GetElapsedTime(startedAt);
    }

    private static bool IsOfListing(
        DateTimeOffset date, long startedAt, DateTimeOffset now, TimeSpan bound, TimeProvider time) =>
        now - time.GetElapsedTime(startedAt) - bound <= date && date <= now + bound;

    // What it takes for a date to count that the clock does not tell.
    private Proof ProofOf(TimeSpan ahead, TimeProvider time) =>
        Clock is { } clock
            ? IsWithin(OwnError, clock.Now(time) - time.GetUtcNow()) ? Contradicted
            : IsWithin(OwnError, ahead) ? OneAnswer : Undecided
        : IsWithin(OwnError, ahead) ? OneAnswer
        : KnownAhead is not { } known ? Undecided
        : IsWithin(OwnError, ahead - known) ? OneAnswer : Contradicted;

    private static bool IsWithin(TimeSpan bound, TimeSpan difference) => difference.Duration() <= bound;

    // For how long, and by how many answers, the same clock must have been told.
    private readonly record struct Proof(TimeSpan Time, int Answers);
}
