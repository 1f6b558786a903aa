using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Reporting;

/// <summary>
/// A transition as users get it: the item of <c>history --output json</c> and of the HTTP API, in camelCase. Its fields are
/// those of the log event.
/// </summary>
internal sealed record TransitionItem
{
    public required string TransitionId { get; init; }

    public required string Target { get; init; }

    public required string ProjectId { get; init; }

    public required string Region { get; init; }

    public required string JobId { get; init; }

    public required string JobName { get; init; }

    public required string FromStatus { get; init; }

    public required string ToStatus { get; init; }

    public string? InstanceId { get; init; }

    public string? InstanceName { get; init; }

    public string? InstanceStatus { get; init; }

    public string? OrderId { get; init; }

    public string? Process { get; init; }

    public double? ProgressPercent { get; init; }

    public DateTime? CreatedTime { get; init; }

    public DateTime? EndedTime { get; init; }

    public double? DurationSeconds { get; init; }

    public string? FailReason { get; init; }

    public required DateTime ObservedTime { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Tells a transition of the log.</summary>
    public static TransitionItem Of(CommittedTransition committed)
    {
        var transition = committed.Transition;
        var job = transition.Job;
        return new TransitionItem
        {
            TransitionId = committed.Id.Value,
            Target = committed.Target,
            ProjectId = committed.ProjectId,
            Region = committed.Region,
            JobId = job.JobId,
            JobName = job.JobName,
            FromStatus = transition.From.Value,
            ToStatus = transition.To.Value,
            InstanceId = job.InstanceId,
            InstanceName = job.InstanceName,
            InstanceStatus = job.InstanceStatus,
            OrderId = job.OrderId,
            Process = job.Process,
            ProgressPercent = Progress.Percent(job.Process),
            CreatedTime = job.CreatedTime?.UtcDateTime,
            EndedTime = job.EndedTime?.UtcDateTime,
            DurationSeconds = transition.Duration?.TotalSeconds,
            FailReason = job.FailReason,
            ObservedTime = transition.ObservedTime.UtcDateTime,
            Labels = committed.Labels,
        };
    }
}
