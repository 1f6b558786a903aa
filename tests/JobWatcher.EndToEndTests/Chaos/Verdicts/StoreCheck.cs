using JobWatcher.EndToEndTests.Chaos.Store;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>The store is sound, its logs have no gaps, all of them are reported, and each identity names one step.</summary>
internal static class StoreCheck
{
    public static IEnumerable<Defect> Find(StoreContent store)
    {
        if (store.Integrity != "ok")
        {
            yield return new Defect(DefectKind.SickStore, $"PRAGMA integrity_check: {store.Integrity}");
        }

        foreach (var defect in store.Targets.SelectMany(target => OfTarget(store, target)))
        {
            yield return defect;
        }

        foreach (var shared in store.Transitions.GroupBy(step => step.Id, StringComparer.Ordinal).Where(steps => steps.Skip(1).Any()))
        {
            yield return new Defect(
                DefectKind.SharedId,
                $"{shared.Key} names {string.Join(" and ", shared.Select(step => $"{step.Target}/{step.Sequence} {step.JobId} {step.From} to {step.To}"))}.");
        }
    }

    private static IEnumerable<Defect> OfTarget(StoreContent store, StoredTarget target)
    {
        var sequences = store.Transitions.Where(step => step.Target == target.Name).Select(step => step.Sequence).ToList();
        if (!sequences.SequenceEqual(Enumerable.Range(1, sequences.Count).Select(place => (long)place)))
        {
            yield return new Defect(DefectKind.BrokenSequence, $"The places in the log of {target.Name} are {string.Join(", ", sequences)}.");
        }

        if (target.NextSequence != sequences.Count + 1)
        {
            yield return new Defect(
                DefectKind.BrokenSequence, $"The log of {target.Name} has {sequences.Count} steps, and goes on at {target.NextSequence}.");
        }

        var cursor = store.Cursors.GetValueOrDefault(target.Name);
        if (cursor != sequences.Count)
        {
            yield return new Defect(DefectKind.SickStore, $"Of {sequences.Count} steps of {target.Name}, {cursor} count as reported.");
        }
    }
}
