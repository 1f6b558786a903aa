using JobWatcher.EndToEndTests.Chaos.Store;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>Every durable counter is what the log adds up to.</summary>
internal static class CounterCheck
{
    public static IEnumerable<Defect> Find(IReadOnlyList<StoredCounter> counters, IEnumerable<StoredTransition> log)
    {
        var expected = LogSums.Counters(log);
        var stored = counters.ToDictionary(counter => counter.Name, counter => (counter.Count, counter.Seconds));
        return
            from name in expected.Keys.Union(stored.Keys)
            let told = stored.GetValueOrDefault(name)
            let right = expected.GetValueOrDefault(name)
            where told != right
            select new Defect(
                DefectKind.WrongCounter,
                FormattableString.Invariant($"{name} is {told.Count} with {told.Seconds} s; the log adds up to {right.Count} with {right.Seconds} s."));
    }
}
