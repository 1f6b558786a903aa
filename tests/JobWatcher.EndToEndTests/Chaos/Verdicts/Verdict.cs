using JobWatcher.EndToEndTests.Chaos.Logs;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>
/// Holds what the watcher left against the truth. Pure: the same evidence gives the same verdict. What a run must show in
/// future becomes one more check here.
/// </summary>
internal static class Verdict
{
    /// <summary>Everything that is wrong; empty for a run that kept every promise.</summary>
    public static IReadOnlyList<Defect> On(Evidence evidence)
    {
        var broken = LineCheck.Find(evidence.Processes).ToList();
        if (broken.Count > 0)
        {
            // What cannot be read cannot be compared either.
            return broken;
        }

        var processes = evidence.Processes.Select(process => new ProcessEvents(process, process.ReadEvents())).ToList();
        return
        [
            .. evidence.Unsettled is { } unsettled ? [new Defect(DefectKind.Unsettled, unsettled)] : Array.Empty<Defect>(),
            .. ProcessCheck.Find(processes),
            .. StoreCheck.Find(evidence.Store),
            .. CounterCheck.Find(evidence.Store.Counters, evidence.Store.Transitions),
            .. CommittedCheck.Find(evidence.Committed, evidence.Store),
            .. ScrapeCheck.Find(evidence.Store, evidence.Scrapes),
            .. EventCheck.Find(evidence.Store, processes),
            .. EventOrderCheck.Find(evidence.Store, processes),
            .. AlertCheck.Find(evidence.Store),
            .. AlertEventCheck.Find(evidence.Store, processes),
            .. NotificationCheck.Find(evidence, processes),
            .. TargetAlertCheck.Find(evidence),
            .. evidence.Targets.SelectMany(target => OutageCheck.Find(target, processes)),
            .. evidence.Targets.SelectMany(target => PollCheck.Find(target, processes)),
            .. evidence.Targets.SelectMany(target => ChainCheck.Find(target, evidence.Store, processes)),
        ];
    }
}
