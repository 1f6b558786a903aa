using JobWatcher.EndToEndTests.Chaos.Store;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>
/// What was committed when a process ended stays as it was: each copy of the store is sound, its logs are how those of the end
/// begin, its counters are what its logs add up to, and no counter ever falls.
/// </summary>
internal static class CommittedCheck
{
    public static IEnumerable<Defect> Find(IReadOnlyList<CommittedState> copies, StoreContent store)
    {
        var final = store.Transitions.GroupBy(step => step.Target, StringComparer.Ordinal)
            .ToDictionary(steps => steps.Key, steps => steps.ToList(), StringComparer.Ordinal);
        return copies.SelectMany(copy => Find(copy, final)).Concat(Fallen(copies, store));
    }

    private static IEnumerable<Defect> Find(CommittedState copy, Dictionary<string, List<StoredTransition>> final)
    {
        if (copy.Integrity != "ok")
        {
            yield return new Defect(DefectKind.SickStore, $"Process {copy.Process} left a store of which PRAGMA integrity_check says: {copy.Integrity}");
        }

        var undone = copy.Log.Select(log => Undone(copy.Process, log.Key, log.Value, final.GetValueOrDefault(log.Key, []))).OfType<Defect>().ToList();
        foreach (var defect in undone)
        {
            yield return defect;
        }

        if (undone.Count == 0)
        {
            var steps = copy.Log.SelectMany(log => final[log.Key].Take(log.Value.Count));
            foreach (var defect in CounterCheck.Find(copy.Counters, steps))
            {
                yield return defect with { Told = $"When process {copy.Process} had ended: {defect.Told}" };
            }
        }
    }

    private static Defect? Undone(int process, string target, IReadOnlyList<string> ids, List<StoredTransition> final)
    {
        var same = ids.Zip(final).TakeWhile(pair => pair.First == pair.Second.Id).Count();
        return same == ids.Count ? null : new Defect(
            DefectKind.Undone,
            $"When process {process} had ended, {target}/{same + 1} was {ids[same]}; in the end it is {(same < final.Count ? final[same].Id : "not there")}.");
    }

    private static IEnumerable<Defect> Fallen(IReadOnlyList<CommittedState> copies, StoreContent store)
    {
        var states = copies.Select(copy => copy.Counters).Append(store.Counters)
            .Select(counters => counters.ToDictionary(counter => counter.Name)).ToList();
        return
            from pair in states.Zip(states.Skip(1))
            from before in pair.First.Values
            let after = pair.Second.GetValueOrDefault(before.Name)
            where after is null || after.Count < before.Count || after.Seconds < before.Seconds
            select new Defect(DefectKind.WrongCounter, $"{before} fell to {after?.ToString() ?? "nothing"} in the store.");
    }
}
