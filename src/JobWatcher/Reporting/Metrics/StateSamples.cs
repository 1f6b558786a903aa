using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Targets;
using JobWatcher.Snapshots;

namespace JobWatcher.Reporting.Metrics;

/// <summary>Puts together what a scrape shows of all targets.</summary>
internal sealed class StateSamples(
    TargetWatches watches,
    TransitionReporter reporter,
    AlertSamples alerts,
    ProcessSamples process,
    MetricsOptions options,
    TimeProvider time)
{
    private MetricsOptions _options = options;

    /// <summary>Changes which series jobs get, from the next scrape on.</summary>
    public void Configure(MetricsOptions options) => Volatile.Write(ref _options, options);

    /// <summary>The samples of this moment, each series once.</summary>
    public IReadOnlyList<Sample> Now()
    {
        var limits = Volatile.Read(ref _options);
        alerts.Begin();
        var all = watches.All;
        var shown = all.ToDictionary(watch => watch, ReportedJobs);
        var known = shown.Where(pair => IsKnown(pair.Key)).ToList();
        var open = known
            .Select(pair => KeyValuePair.Create(
                pair.Key, (IReadOnlyList<JobSnapshot>)[.. pair.Value.Where(job => job.Job.Status.IsOpen)]))
            .ToList();
        var chosen = OpenJobs.Choose(
            open, limits.PerJob ? limits.PerJobLimit : 0, limits.PerJobLimitTotal);

        var samples = new List<Sample>(process.Now(all.Count));
        foreach (var (watch, jobs) in shown)
        {
            samples.AddRange(TargetSamples.Of(watch, reporter.Unreported(watch.Target.Name)));
            samples.AddRange(Counters(watch, jobs, limits.KnownJobNamesAtZero));
            samples.AddRange(alerts.Of(watch));
        }

        foreach (var (watch, jobs) in known)
        {
            var now = watch.CloudNow ?? time.GetUtcNow();
            samples.AddRange(JobSamples.OfAll(watch.Target.Name, watch.Labels, jobs, now));
        }

        foreach (var (watch, jobs) in open)
        {
            var kept = chosen.GetValueOrDefault(watch, []);
            samples.AddRange(JobSamples.OfEach(watch.Target.Name, watch.Labels, kept));
            samples.Add(new Sample(MetricFamilies.OpenJobsDropped, jobs.Count - kept.Count, ("target", watch.Target.Name)));
        }

        return samples;
    }

    private static bool IsKnown(TargetWatch watch) => watch.State.HasAnswered && !watch.IsUnknown;

    private static List<JobSnapshot> ReportedJobs(TargetWatch watch) =>
        [.. watch.State.Snapshot.Jobs.Values.Where(known => watch.Target.Reports(known.Job.JobName))];

    private static IEnumerable<Sample> Counters(
        TargetWatch watch, IEnumerable<JobSnapshot> jobs, bool knownJobNamesAtZero)
    {
        var names = jobs.Select(known => watch.Labels.JobNames.Of(known.Job.JobName)).ToHashSet(StringComparer.Ordinal);
        var atZero = knownJobNamesAtZero && watch.State.Record?.WatchFrom is not null
            ? JobNames.All.Where(watch.Target.Reports)
            : [];
        return CounterSamples.Of(watch.Target.Name, watch.State, names, atZero);
    }
}
