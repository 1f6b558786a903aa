using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Chaos.Store;

/// <summary>The durable counters as one scrape showed them.</summary>
/// <param name="Time">When.</param>
/// <param name="Values">The values, by the series' identity.</param>
internal sealed record CounterScrape(DateTimeOffset Time, IReadOnlyDictionary<string, double> Values)
{
    public const string Transitions = "jobwatcher_job_transitions_total";
    public const string Failures = "jobwatcher_job_failures_total";
    public const string EndedJobs = "jobwatcher_ended_jobs_total";
    public const string EndedSeconds = "jobwatcher_ended_job_seconds_total";

    private static readonly string[] Durable = [Transitions, Failures, EndedJobs, EndedSeconds];

    /// <summary>Takes the durable counters from a scrape.</summary>
    public static CounterScrape Of(Scrape scrape, DateTimeOffset time) => new(
        time,
        scrape.All
            .Where(series => Durable.Contains(series.Name, StringComparer.Ordinal))
            .ToDictionary(series => series.Identity, series => series.Value, StringComparer.Ordinal));
}
