using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Polling.Targets;

/// <summary>The bounded label values of one target. Immutable.</summary>
/// <param name="JobNames">For <c>job_name</c>.</param>
/// <param name="Statuses">For <c>status</c>, <c>from</c> and <c>to</c>.</param>
internal sealed record TargetLabels(BoundedLabels JobNames, BoundedLabels Statuses)
{
    // The reference knows six statuses; a cloud that invents more than this many is not worth a series each.
    private const int MostStatuses = 20;

    private static readonly string[] KnownStatuses =
    [
        Transition.NotListed.Value, JobStatus.Pending.Value, JobStatus.Running.Value, JobStatus.Completed.Value,
        JobStatus.Failed.Value, JobStatus.Unauthorized.Value, JobStatus.Canceled.Value,
    ];

    /// <summary>What a target starts with.</summary>
    /// <param name="jobNameLimit">How many job names keep their own label value.</param>
    public static TargetLabels Starting(int jobNameLimit) => new(
        BoundedLabels.Starting(HuaweiCloud.ImmediateJobs.JobNames.All, jobNameLimit),
        BoundedLabels.Starting(KnownStatuses, MostStatuses));

    /// <summary>With the values that durable counters already use, which must not become others after a restart.</summary>
    public TargetLabels Admitting(IEnumerable<CounterKey> counters)
    {
        var keys = counters.ToList();
        return new TargetLabels(
            JobNames.Admitting(keys.Select(key => key.JobName).Order(StringComparer.Ordinal)),
            Statuses.Admitting(keys.SelectMany(key => new[] { key.From, key.To }).Order(StringComparer.Ordinal)));
    }

    /// <summary>With the values that these jobs use.</summary>
    public TargetLabels Admitting(IEnumerable<JobSnapshot> jobs)
    {
        var seen = jobs.Select(known => known.Job).ToList();
        return new TargetLabels(
            JobNames.Admitting(seen.Select(job => job.JobName)),
            Statuses.Admitting(seen.Select(job => job.Status.Value)));
    }

    /// <summary>The counter that a transition belongs to.</summary>
    public CounterKey CounterOf(Transition transition) => new(
        JobNames.Of(transition.Job.JobName),
        Statuses.Of(transition.From.Value),
        Statuses.Of(transition.To.Value));

    /// <summary>What transitions add to the durable counters.</summary>
    public IReadOnlyDictionary<CounterKey, CounterValue> Increments(IEnumerable<Transition> transitions)
    {
        var increments = new Dictionary<CounterKey, CounterValue>();
        foreach (var transition in transitions)
        {
            var key = CounterOf(transition);
            var seconds = transition.IsEnding ? transition.Duration?.TotalSeconds ?? 0 : 0;
            increments[key] = increments.GetValueOrDefault(key) + new CounterValue(1, seconds);
        }

        return increments;
    }
}
