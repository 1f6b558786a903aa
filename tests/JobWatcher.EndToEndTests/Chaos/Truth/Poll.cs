using JobWatcher.EndToEndTests.Chaos.Logs;

namespace JobWatcher.EndToEndTests.Chaos.Truth;

/// <summary>The answers that one poll of one target got; or those that a process got after the last poll that it ended.</summary>
/// <param name="Process">Who polled.</param>
/// <param name="End">How it ended; null where the process did not live to say so.</param>
/// <param name="Answers">In the order of their requests.</param>
internal sealed record Poll(ProcessLog Process, EndedPoll? End, IReadOnlyList<ServedAnswer> Answers)
{
    /// <summary>When it began; null where nothing tells.</summary>
    public DateTimeOffset? First => End is { } end ? end.Ended - TimeSpan.FromSeconds(end.Seconds) : Answers.Select(answer => (DateTimeOffset?)answer.Time).FirstOrDefault();

    /// <summary>
    /// How long it may have waited for the watcher's own limits, such as the turn of another target's full listing: until it first
    /// asked the cloud.
    /// </summary>
    public TimeSpan MostWait => (Answers is [var first, ..] ? first.Time : Last) - First is { } waited && waited > TimeSpan.Zero ? waited : TimeSpan.Zero;

    /// <summary>The last that is known of it.</summary>
    public DateTimeOffset? Last => End?.Ended ?? Answers.Select(answer => (DateTimeOffset?)answer.Time).LastOrDefault();

    /// <summary>
    /// Sorts a target's answers by poll. A process says that a poll ended after its commit and before the next poll's first
    /// request, and both sides read one clock: so the time tells which answers are whose.
    /// </summary>
    public static IEnumerable<Poll> Of(TargetTruth target, IEnumerable<ProcessEvents> processes)
    {
        var answers = target.Answers.ToLookup(answer => answer.AccessKey, StringComparer.Ordinal);
        return processes.SelectMany(process => Of(process, [.. process.PollsOf(target.Name)], answers[process.Process.AccessKey]));
    }

    private static IEnumerable<Poll> Of(ProcessEvents process, IReadOnlyList<EndedPoll> ends, IEnumerable<ServedAnswer> answers)
    {
        var left = answers.ToList();
        foreach (var end in ends)
        {
            var own = left.TakeWhile(answer => answer.Time <= end.Ended).ToList();
            left.RemoveRange(0, own.Count);
            yield return new Poll(process.Process, end, own);
        }

        if (left.Count > 0)
        {
            yield return new Poll(process.Process, null, left);
        }
    }
}
