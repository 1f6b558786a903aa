using JobWatcher.EndToEndTests.Chaos.Logs;
using JobWatcher.EndToEndTests.Chaos.Store;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>
/// Each process tells a target's log in order and passes nothing over: it begins at most one step after the last one
/// that was told before it, whoever told that, and at most a batch before that: so much may be told before the cursor moves.
/// </summary>
internal static class EventOrderCheck
{
    // How many steps the reporter tells before it moves its cursor.
    private const int BatchSize = 100;

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
                var told = furthest.GetValueOrDefault(target);
                if (isFirst ? sequence > told + 1 || sequence <= told - BatchSize : sequence != before + 1)
                {
                    yield return new Defect(
                        DefectKind.OutOfOrder,
                        $"{process.Process} told {target}/{sequence} {(isFirst ? "first" : $"after {before}")}; "
                        + $"{told} was the furthest told before.");
                }

                last[target] = sequence;
                furthest[target] = Math.Max(sequence, told);
            }
        }
    }
}
