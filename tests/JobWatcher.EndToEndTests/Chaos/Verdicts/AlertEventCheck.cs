using JobWatcher.EndToEndTests.Chaos.Logs;
using JobWatcher.EndToEndTests.Chaos.Store;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>
/// The start and the end of every alert are told at least once, by all processes together, the start first; told again, with
/// the same fields.
/// </summary>
internal static class AlertEventCheck
{
    public static IEnumerable<Defect> Find(StoreContent store, IReadOnlyList<ProcessEvents> processes)
    {
        var known = store.Alerts.Select(alert => alert.Id).ToHashSet(StringComparer.Ordinal);
        var told = (
            from process in processes
            from logged in process.Alerts
            select (process.Process, logged)).ToLookup(pair => pair.logged.Text("AlertId")!, StringComparer.Ordinal);

        foreach (var alert in store.Alerts)
        {
            var names = told[alert.Id].Select(pair => pair.logged.Name).Distinct(StringComparer.Ordinal).ToList();
            string[] wanted = alert.Ended is null ? [ProcessEvents.AlertFires] : [ProcessEvents.AlertFires, ProcessEvents.AlertIsOver];
            foreach (var missing in wanted.Except(names, StringComparer.Ordinal))
            {
                yield return new Defect(DefectKind.MissingEvent, $"{missing} of {alert} is in nobody's output.");
            }

            if (names is [ProcessEvents.AlertIsOver, ..])
            {
                yield return new Defect(DefectKind.OutOfOrder, $"The end of {alert} was told before its start.");
            }
        }

        foreach (var events in told)
        {
            if (!known.Contains(events.Key))
            {
                yield return new Defect(DefectKind.UnknownEvent, $"{events.First().Process} told what the store does not have: {events.First().logged}");
            }

            foreach (var same in events.GroupBy(pair => pair.logged.Name, StringComparer.Ordinal))
            {
                var (first, others) = (same.First(), same.Skip(1));
                foreach (var (process, logged) in others.Where(pair => pair.logged.WithoutTime() != first.logged.WithoutTime()))
                {
                    yield return new Defect(DefectKind.DifferentEvent, $"{first.Process} told {first.logged}, but {process} told {logged}.");
                }
            }
        }
    }
}
