using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Targets;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Reporting.Metrics;

/// <summary>The counters of one target's jobs, durable and each present before it moves.</summary>
internal static class CounterSamples
{
    private static readonly (JobStatus From, JobStatus To)[] PresentAtZero =
    [
        (Transition.NotListed, JobStatus.Pending), (Transition.NotListed, JobStatus.Running),
        (Transition.NotListed, JobStatus.Completed), (Transition.NotListed, JobStatus.Failed),
        (JobStatus.Pending, JobStatus.Running), (JobStatus.Pending, JobStatus.Canceled),
        (JobStatus.Running, JobStatus.Completed), (JobStatus.Running, JobStatus.Failed),
        (JobStatus.Running, JobStatus.Canceled),
    ];

    /// <summary>All durable counters of a target.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="state">What is known of it.</param>
    /// <param name="namesInSnapshot">The label values of the job names that it lists now.</param>
    /// <param name="namesAtZero">Further job names whose failures are present from the first poll on.</param>
    public static IEnumerable<Sample> Of(
        string target, TargetState state, IReadOnlyCollection<string> namesInSnapshot, IEnumerable<string> namesAtZero)
    {
        var atZero =
            from name in namesInSnapshot
            from step in PresentAtZero
            select new CounterKey(name, step.From.Value, step.To.Value);
        var steps = state.Counters.Keys.Union(atZero).ToList();
        foreach (var key in steps)
        {
            yield return Counter(
                MetricFamilies.JobTransitions, value => value.Count, [key], state,
                ("target", target), ("job_name", key.JobName), ("from", key.From), ("to", key.To));
        }

        var failing = steps.Where(key => key.To == JobStatus.Failed.Value).ToLookup(key => key.JobName, StringComparer.Ordinal);
        foreach (var name in failing.Select(keys => keys.Key).Union(namesAtZero, StringComparer.Ordinal))
        {
            yield return Counter(
                MetricFamilies.JobFailures, value => value.Count, failing[name], state, ("target", target), ("job_name", name));
        }

        foreach (var ending in steps.Where(IsEnding).GroupBy(key => (key.JobName, key.To)))
        {
            (string, string)[] of = [("target", target), ("job_name", ending.Key.JobName), ("status", ending.Key.To)];
            yield return Counter(MetricFamilies.EndedJobs, value => value.Count, ending, state, of);
            yield return Counter(MetricFamilies.EndedJobSeconds, value => value.Seconds, ending, state, of);
        }
    }

    private static bool IsEnding(CounterKey key) => new JobStatus(key.To).IsEnded && new JobStatus(key.From).IsOpen;

    private static Sample Counter(
        MetricFamily family,
        Func<CounterValue, double> part,
        IEnumerable<CounterKey> keys,
        TargetState state,
        params (string, string)[] labels)
    {
        var counters = keys.ToList();
        return new Sample(family, counters.Sum(key => part(state.Counters.GetValueOrDefault(key))), labels)
        {
            TakeOver = state.TakeOver,
            AtTakeOver = counters.Sum(key => part(state.CountersAtTakeOver.GetValueOrDefault(key))),
        };
    }
}
