using JobWatcher.EndToEndTests.Chaos.Logs;
using JobWatcher.EndToEndTests.Chaos.Store;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>
/// Each process tells a target's log in order and passes nothing over: it begins at most one step after the last one
/// that was told before it, whoever told that.
/// </summary>
internal static class EventOrderCheck
{
    public static IEnumerable<Defect> Find(StoreContent store, IReadOnlyList<ProcessEvents> processes)
    {
        var places = store.Transitions
            .DistinctBy(step => step.Id, StringComparer.Ordinal)
            .ToDictionary(step => step.Id, step => (step.Target, step.Sequence), StringComparer.Ordinal);
        var furthest = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var process in processes)
        {
            var last = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var logged in process.Transitions)
            {
                if (!places.TryGetValue(logged.Text("TransitionId") ?? "", out var place))
                {
                    continue;
                }

                var (target, sequence) = place;
                var isFirst = !last.TryGetValue(target, out var before);
                if (isFirst ? sequence > furthest.GetValueOrDefault(target) + 1 : sequence != before + 1)
                {
                    yield return new Defect(
                        DefectKind.OutOfOrder,
                        $"{process.Process} told {target}/{sequence} {(isFirst ? "first" : $"after {before}")}; "
                        + $"{furthest.GetValueOrDefault(target)} was the furthest told before.");
                }

                last[target] = sequence;
                furthest[target] = Math.Max(sequence, furthest.GetValueOrDefault(target));
            }
        }
    }
}
