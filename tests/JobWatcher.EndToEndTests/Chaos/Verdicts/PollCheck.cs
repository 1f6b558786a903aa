using JobWatcher.EndToEndTests.Chaos.Logs;
using JobWatcher.EndToEndTests.Chaos.Truth;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>A poll whose every request was answered in time is committed: what the cloud did not break, nothing else may.</summary>
internal static class PollCheck
{
    // Answers can be sent to the end and yet come too late for the watcher, on a machine that has too much to do.
    private const double Prompt = 1;

    public static IEnumerable<Defect> Find(TargetTruth target, IReadOnlyList<ProcessEvents> processes) => Poll.Of(target, processes)
        .Where(poll => poll.End is { IsTaken: false, Seconds: < Prompt } && poll.Answers.Count > 0 && poll.Answers.All(answer => answer.IsWhole))
        .Select(poll => new Defect(
            DefectKind.UnexplainedFailure,
            $"{poll.Process} ended a poll of {target.Name} with {poll.End}, though the cloud answered "
            + $"{string.Join(", ", poll.Answers.Select(answer => $"{answer.Time:HH:mm:ss.fff} {answer.Query}"))}."));
}
