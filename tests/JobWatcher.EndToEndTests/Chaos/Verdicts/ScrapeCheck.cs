using JobWatcher.EndToEndTests.Chaos.Store;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>The counters as they are scraped never go back, in no process and between none, and in the end are the store's.</summary>
internal static class ScrapeCheck
{
    public static IEnumerable<Defect> Find(StoreContent store, IReadOnlyList<CounterScrape> scrapes) =>
        Different(LogSums.Series(store.Transitions), scrapes is [.., var last] ? last.Values : new Dictionary<string, double>(StringComparer.Ordinal)).Concat(WentBack(scrapes));

    private static IEnumerable<Defect> Different(
        IReadOnlyDictionary<string, double> expected, IReadOnlyDictionary<string, double> shown) =>
        from series in expected.Keys.Union(shown.Keys, StringComparer.Ordinal)
        let right = expected.GetValueOrDefault(series)
        let told = shown.GetValueOrDefault(series)
        where told != right
        select new Defect(
            DefectKind.WrongScrape, FormattableString.Invariant($"{series} is scraped as {told}; the log adds up to {right}."));

    private static IEnumerable<Defect> WentBack(IReadOnlyList<CounterScrape> scrapes)
    {
        var highest = new Dictionary<string, (double Value, DateTimeOffset Time)>(StringComparer.Ordinal);
        foreach (var scrape in scrapes)
        {
            foreach (var (series, value) in scrape.Values)
            {
                var before = highest.GetValueOrDefault(series);
                if (value < before.Value)
                {
                    yield return new Defect(
                        DefectKind.WrongScrape,
                        FormattableString.Invariant(
                            $"{series} went back from {before.Value} at {before.Time:HH:mm:ss.fff} to {value} at {scrape.Time:HH:mm:ss.fff}."));
                }

                highest[series] = (Math.Max(value, before.Value), scrape.Time);
            }
        }
    }
}
