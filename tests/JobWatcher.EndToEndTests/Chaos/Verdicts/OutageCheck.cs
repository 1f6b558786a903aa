using JobWatcher.EndToEndTests.Chaos.Logs;
using JobWatcher.EndToEndTests.Chaos.Run;
using JobWatcher.EndToEndTests.Chaos.Truth;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>
/// Each outage of a target that lasts longer than <c>unknownAfter</c> is told at its beginning and at its end, by all processes
/// together, in turn and with its times; told again only by a process that came after a kill (rule R4).
/// </summary>
internal static class OutageCheck
{
    // What lies between a fact and the line that tells it, on a machine that has too much to do.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    public static IEnumerable<Defect> Find(TargetTruth target, IReadOnlyList<ProcessEvents> processes)
    {
        var told = ToldOutage.Of(target.Name, processes).ToList();
        var polls = Poll.Of(target, processes).Where(poll => poll.Last is not null).ToList();
        return Unordered(told).Concat(told.SelectMany((one, index) => WrongTimes(one, EndBefore(told, index), polls))).Concat(Untold(told, polls))
            .Select(words => new Defect(DefectKind.WrongOutage, $"Target {target.Name}: {words} All that was told:\n  {string.Join("\n  ", told)}"));
    }

    private static IEnumerable<string> Unordered(List<ToldOutage> told)
    {
        ToldOutage? before = null;
        foreach (var one in told)
        {
            var isSame = before?.Since == one.Since;
            if (isSame && before!.IsEnd == one.IsEnd && before.Process == one.Process)
            {
                yield return $"{one} was told before by the same process.";
            }
            else if (one.IsEnd ? !isSame : before is not null && (!before.IsEnd ? !isSame : isSame && !MayBeToldAnew(before, one)))
            {
                yield return $"{one} came after {before?.ToString() ?? "nothing"}.";
            }

            before = one;
        }

        if (before is { IsEnd: false })
        {
            yield return $"{before} has no end.";
        }
    }

    // Killed before it could commit the poll that told the end: to the next process that poll did not happen.
    private static bool MayBeToldAnew(ToldOutage end, ToldOutage beginning) =>
        end.Process.IsKilled && end.Process != beginning.Process;

    private static DateTimeOffset EndBefore(List<ToldOutage> told, int index) =>
        told.Take(index).LastOrDefault(one => one.IsEnd)?.Time ?? DateTimeOffset.MinValue;

    private static IEnumerable<string> WrongTimes(ToldOutage told, DateTimeOffset endBefore, List<Poll> polls)
    {
        var lasted = told.Time - told.Since;
        if (told.Lasted < ChaosConfiguration.UnknownAfter || (lasted - told.Lasted).Duration() > Slack)
        {
            yield return $"{told} had lasted {lasted.TotalSeconds} s.";
        }

        var before = polls.Where(poll => poll.Last < told.Time).ToList();
        if (told.IsEnd)
        {
            yield break;
        }

        // It began after the last poll that was answered, with the first one that failed.
        if (before.FindLast(IsTaken) is { } answered && told.Since < answered.Last)
        {
            yield return $"{told} leaves out that a poll was answered until {answered.Last:HH:mm:ss.fff}.";
        }

        // A poll that told an end was answered, though its commit may have failed.
        if (before.Skip(before.FindLastIndex(poll => MayBeTaken(poll) || poll.First <= endBefore) + 1).FirstOrDefault(HasFailed) is { } failed && told.Since > failed.Last)
        {
            yield return $"{told} leaves out that a poll had failed by {failed.Last:HH:mm:ss.fff}.";
        }
    }

    private static IEnumerable<string> Untold(List<ToldOutage> told, List<Poll> polls)
    {
        DateTimeOffset? since = null;
        var answered = DateTimeOffset.MinValue;
        var waited = TimeSpan.Zero;
        foreach (var poll in polls)
        {
            answered = IsTaken(poll) ? poll.Last!.Value : answered;
            // Waits for limits of our own are no part of an outage (rule L6), and a poll's end says too little: its commit comes first.
            waited = since is null ? TimeSpan.Zero : waited + poll.MostWait;
            if (HasFailed(poll) && poll.First + poll.MostWait - since - waited > ChaosConfiguration.UnknownAfter
                && !told.Exists(one => !one.IsEnd && answered <= one.Since && one.Time <= poll.Last + Slack))
            {
                yield return FormattableString.Invariant($"Polls failed from {since:HH:mm:ss.fff} to {poll.Last:HH:mm:ss.fff}, and nobody told.");
                since = null;
            }

            since = MayBeTaken(poll) ? null : since ?? (HasFailed(poll) ? poll.Last : null);
            if (IsTaken(poll) && told.FindLast(one => one.Time < poll.Last) is { IsEnd: false } open)
            {
                yield return FormattableString.Invariant($"{open} was not told to end when a poll was answered until {poll.Last:HH:mm:ss.fff}.");
            }
        }
    }

    private static bool IsTaken(Poll poll) => poll.End is { IsTaken: true };

    // One that a kill cut off has committed nothing of its failure.
    private static bool HasFailed(Poll poll) => poll.End is { IsTaken: false };

    private static bool MayBeTaken(Poll poll) => poll.End?.IsTaken ?? poll.Answers.Any(answer => answer.IsWhole);
}
