using JobWatcher.EndToEndTests.Chaos.Logs;
using JobWatcher.EndToEndTests.Chaos.Truth;
using JobWatcher.EndToEndTests.Chaos.Verdicts;

namespace JobWatcher.EndToEndTests.Chaos.Run;

/// <summary>How much a run tried: a verdict on a run that tried nothing would be worth nothing.</summary>
/// <param name="Kills">Processes that were killed.</param>
/// <param name="Stops">Processes that stopped when they were asked to.</param>
/// <param name="Steps">Transitions in the store.</param>
/// <param name="Kept">Processes after whose end the store held steps, which are in its copy.</param>
/// <param name="Moments">How many kills met their moment.</param>
/// <param name="ToldLater">
/// Transitions that another process told than the one that committed them and was free to write. What one committed whose
/// output nobody read is told later in any case.
/// </param>
/// <param name="ToldAgain">Events that were written more than once, likewise.</param>
/// <param name="PollsTaken">Polls that were committed and said so.</param>
/// <param name="PollsFailed">Polls that the cloud's faults broke.</param>
/// <param name="Alerts">Alerts in the store.</param>
/// <param name="AlertsPassedOn">Alerts that another process told the Alertmanager than the one that committed them.</param>
/// <param name="Ends">Why alerts ended.</param>
/// <param name="Cuts">Times in which requests were made and the cloud answered none.</param>
/// <param name="Outages">Outages of targets that were told.</param>
/// <param name="OutagesPassedOn">Those that another process told than the one that saw them begin.</param>
/// <param name="PollsCut">Processes that ended with a poll in flight, counted for each target.</param>
internal sealed record RunFigures(
    int Kills,
    int Stops,
    int Steps,
    int Kept,
    MomentFigures Moments,
    int ToldLater,
    int ToldAgain,
    int Alerts,
    int AlertsPassedOn,
    string Ends,
    int PollsTaken,
    int PollsFailed,
    int Cuts,
    int Outages,
    int OutagesPassedOn,
    int PollsCut)
{
    /// <summary>Whether the run tried what it is for: so many kills, each kind at its moment, and faults that polls met.</summary>
    public bool IsWorthAVerdict(int kills) =>
        Kills >= kills && Steps >= kills && Kept >= kills / 2 && PollsTaken >= kills / 2 && Moments.AreMet &&
        Alerts >= kills && PollsFailed >= Math.Max(1, kills / 10) && Cuts >= kills / 100;

    /// <summary>
    /// Whether runs met together what one alone may miss: kills between a commit and its report and between a report and its
    /// cursor, a cut during which no process was just starting, and an outage that another process told than the one that saw it
    /// begin.
    /// </summary>
    public static bool HaveMetAll(IReadOnlyCollection<RunFigures> runs) =>
        runs.Any(run => run.ToldLater > 0) && runs.Any(run => run.ToldAgain > 0) && runs.Any(run => run.Cuts > 0) &&
        runs.Any(run => run.OutagesPassedOn > 0);

    /// <summary>Counts.</summary>
    public static RunFigures Of(Evidence evidence)
    {
        var processes = evidence.Processes.Select(process => new ProcessEvents(process, process.ReadEvents())).ToList();
        var polls = evidence.Targets.SelectMany(target => Poll.Of(target, processes)).ToList();
        var outages = evidence.Targets
            .SelectMany(target => ToldOutage.Of(target.Name, processes).Where(told => !told.IsEnd).DistinctBy(told => told.Since))
            .ToList();
        var told = (
            from process in processes
            from logged in process.Transitions
            select (Id: logged.Text("TransitionId"), process.Process, Observed: logged.Time("ObservedTime"))).ToLookup(one => one.Id, StringComparer.Ordinal);
        return new RunFigures(
            evidence.Processes.Count(process => process.IsKilled),
            evidence.Processes.Count(process => !process.IsKilled),
            evidence.Store.Transitions.Count,
            evidence.Committed.Count(copy => copy.Steps > 0),
            MomentFigures.Of(evidence.Processes),
            told.Count(events => events.First() is var first && first.Observed < first.Process.Started && CouldWrite(CommitterOf(first.Observed))),
            told.Count(events => events.Skip(1).Any() && CouldWrite(events.First().Process)),
            evidence.Store.Alerts.Count,
            evidence.Store.Alerts.Count(alert => processes.Exists(process =>
                process.Process.Started.ToUnixTimeMilliseconds() is var started && alert.Observed < started && started < alert.Accepted)),
            string.Join(", ", evidence.Store.Alerts.CountBy(alert => alert.EndReason ?? "never", StringComparer.Ordinal).Select(ends => $"{ends.Value} {ends.Key}")),
            polls.Count(poll => poll.End is { IsTaken: true }),
            polls.Count(poll => poll.End is { IsTaken: false }),
            evidence.Cuts.Count(cut => evidence.Targets.Any(cut.IsMetBy)),
            outages.Count,
            outages.Count(told => told.Since < told.Process.Started),
            polls.Count(poll => poll.End is null));

        ProcessLog? CommitterOf(DateTimeOffset? observed) => evidence.Processes.LastOrDefault(process => process.Started <= observed);

        static bool CouldWrite(ProcessLog? process) => process?.Moment is not KillMoment.OutputUnread;
    }
}
