namespace JobWatcher.EndToEndTests.Chaos.Truth;

/// <summary>A job as a poll could see it.</summary>
/// <param name="Poll">The poll.</param>
/// <param name="Time">When the request came in whose answer showed it.</param>
/// <param name="Status">The status shown; <see cref="TargetTruth.NotListed"/> where a look-up found nothing.</param>
/// <param name="IsTaken">
/// Whether the watcher must have taken it in: the poll was committed, and nothing that the same poll was shown later can
/// have stood in its place. Else it may have been taken in or not.
/// </param>
internal sealed record Sighting(Poll Poll, DateTimeOffset Time, string Status, bool IsTaken)
{
    /// <summary>All sightings of a target's jobs, by job id, in order.</summary>
    public static ILookup<string, Sighting> Of(IEnumerable<Poll> polls) => polls
        .SelectMany(Of)
        .ToLookup(pair => pair.JobId, pair => pair.Sighting, StringComparer.Ordinal);

    private static IEnumerable<(string JobId, Sighting Sighting)> Of(Poll poll)
    {
        var shown = (
            from answer in poll.Answers
            where answer.IsWhole
            from job in Shown(answer)
            select (job.JobId, job.Status, Answer: answer)).ToList();
        var lastReading = poll.Answers.Where(answer => answer.IsWhole && answer.MayBeginReading).Select(answer => answer.Time).LastOrDefault();
        return
            from job in shown.GroupBy(sight => sight.JobId, StringComparer.Ordinal)
            // Of copies that differ the watcher takes the one that ended, else the later one (rule L1). What only an earlier
            // pass over a moving list showed may be gone by the end of the poll.
            let taken = job.LastOrDefault(sight => TargetTruth.IsEnded(sight.Status), job.Last())
            from sight in job
            select (job.Key, new Sighting(
                poll,
                sight.Answer.Time,
                sight.Status,
                poll.End is { IsTaken: true } && sight == taken && sight.Answer.Time >= lastReading && sight.Status != TargetTruth.NotListed));
    }

    private static IEnumerable<ShownJob> Shown(ServedAnswer answer) => answer is { LookedUp: { } looked, Jobs.Count: 0 }
        ? [new ShownJob(looked, TargetTruth.NotListed)]
        : answer.Jobs ?? [];
}
