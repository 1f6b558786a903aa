using JobWatcher.EndToEndTests.Chaos.Store;
using JobWatcher.EndToEndTests.Chaos.Truth;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>What a log adds up to, by the contract's own words.</summary>
internal static class LogSums
{
    /// <summary>The durable counters that the log makes.</summary>
    public static IReadOnlyDictionary<CounterName, (long Count, double Seconds)> Counters(IEnumerable<StoredTransition> log) => log
        .GroupBy(step => new CounterName(step.Target, step.JobName, step.From, step.To))
        .ToDictionary(steps => steps.Key, steps => (steps.LongCount(), steps.Sum(Seconds)));

    /// <summary>The series that the log makes, by their identity.</summary>
    public static IReadOnlyDictionary<string, double> Series(IEnumerable<StoredTransition> log)
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var step in log)
        {
            Add(CounterScrape.Transitions, 1, ("target", step.Target), ("job_name", step.JobName), ("from", step.From), ("to", step.To));
            if (step.To == "Failed")
            {
                Add(CounterScrape.Failures, 1, ("target", step.Target), ("job_name", step.JobName));
            }

            if (IsEnding(step))
            {
                Add(CounterScrape.EndedJobs, 1, ("target", step.Target), ("job_name", step.JobName), ("status", step.To));
                Add(CounterScrape.EndedSeconds, Seconds(step), ("target", step.Target), ("job_name", step.JobName), ("status", step.To));
            }
        }

        return sums;

        void Add(string name, double value, params (string Key, string Value)[] labels)
        {
            var series = new Series(name, labels.ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal), value);
            sums[series.Identity] = sums.GetValueOrDefault(series.Identity) + value;
        }
    }

    private static bool IsEnding(StoredTransition step) => TargetTruth.IsEnded(step.To) && !TargetTruth.IsEnded(step.From);

    private static double Seconds(StoredTransition step) =>
        IsEnding(step) && step is { CreatedTime: { } created, EndedTime: { } ended } ? Math.Max(0, ended - created) / 1000.0 : 0;
}
