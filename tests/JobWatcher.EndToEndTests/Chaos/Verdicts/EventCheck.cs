using System.Text.Json;
using JobWatcher.EndToEndTests.Chaos.Logs;
using JobWatcher.EndToEndTests.Chaos.Store;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>
/// Every transition is told at least once, by all processes together, under its one identity and with the fields of the
/// store; told again, with the same ones.
/// </summary>
internal static class EventCheck
{
    public static IEnumerable<Defect> Find(StoreContent store, IReadOnlyList<ProcessEvents> processes)
    {
        // An identity that names two steps is a defect of its own: here its first step stands for it.
        var steps = store.Transitions.DistinctBy(step => step.Id, StringComparer.Ordinal).ToDictionary(step => step.Id, StringComparer.Ordinal);
        var told = (
            from process in processes
            from logged in process.Transitions
            select (process.Process, logged)).ToLookup(pair => pair.logged.Text("TransitionId") ?? "", StringComparer.Ordinal);

        foreach (var step in store.Transitions.Where(step => !told.Contains(step.Id)))
        {
            yield return new Defect(
                DefectKind.MissingEvent, $"{step.Target}/{step.Sequence} {step.JobId} {step.From} to {step.To} ({step.Id}) is in nobody's output.");
        }

        foreach (var events in told)
        {
            var first = events.First();
            if (!steps.TryGetValue(events.Key, out var step))
            {
                yield return new Defect(DefectKind.UnknownEvent, $"{first.Process} told what the store does not have: {first.logged}");
                continue;
            }

            foreach (var (process, logged) in events.Where(pair => Differs(pair.logged, step)))
            {
                yield return new Defect(DefectKind.DifferentEvent, $"{process} told {logged}, but the store has {step}.");
            }

            foreach (var (process, logged) in events.Where(pair => pair.logged.WithoutTime() != first.logged.WithoutTime()))
            {
                yield return new Defect(DefectKind.DifferentEvent, $"{first.Process} told {first.logged}, but {process} told {logged}.");
            }
        }
    }

    private static bool Differs(LogEvent logged, StoredTransition step) =>
        !Texts(logged).SequenceEqual(
            [
                step.Target, step.ProjectId, step.Region, step.JobId, step.JobName, step.From, step.To, step.InstanceId,
                step.InstanceName, step.InstanceStatus, step.OrderId, step.Process, step.FailReason,
            ])
        || !Times(logged).SequenceEqual([step.CreatedTime, step.EndedTime, step.Observed])
        || !JsonElement.DeepEquals(logged["Labels"], JsonElement.Parse(step.Labels));

    private static IEnumerable<string?> Texts(LogEvent logged) =>
        new[]
        {
            "Target", "ProjectId", "Region", "JobId", "JobName", "FromStatus", "ToStatus", "InstanceId",
            "InstanceName", "InstanceStatus", "OrderId", "Process", "FailReason",
        }.Select(logged.Text);

    private static IEnumerable<long?> Times(LogEvent logged) =>
        new[] { "CreatedTime", "EndedTime", "ObservedTime" }.Select(key => logged.Time(key)?.ToUnixTimeMilliseconds());
}
