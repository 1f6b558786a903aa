using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;

namespace JobWatcher.Reporting;

/// <summary>A job as users get it: the item of <c>list --output json</c> and of the HTTP API, in camelCase.</summary>
internal sealed record JobItem
{
    public required string Target { get; init; }

    public required string JobId { get; init; }

    public required string JobName { get; init; }

    public required string Status { get; init; }

    public string? Process { get; init; }

    public double? ProgressPercent { get; init; }

    public string? InstanceId { get; init; }

    public string? InstanceName { get; init; }

    public string? InstanceStatus { get; init; }

    public string? OrderId { get; init; }

    public DateTime? CreatedTime { get; init; }

    public DateTime? EndedTime { get; init; }

    public double? DurationSeconds { get; init; }

    public string? FailReason { get; init; }

    /// <summary>Tells a job of a target.</summary>
    public static JobItem Of(string target, ImmediateJob job) => new()
    {
        Target = target,
        JobId = job.JobId,
        JobName = job.JobName,
        Status = job.Status.Value,
        Process = job.Process,
        ProgressPercent = Progress.Percent(job.Process),
        InstanceId = job.InstanceId,
        InstanceName = job.InstanceName,
        InstanceStatus = job.InstanceStatus,
        OrderId = job.OrderId,
        CreatedTime = job.CreatedTime?.UtcDateTime,
        EndedTime = job.EndedTime?.UtcDateTime,
        DurationSeconds = job.Duration?.TotalSeconds,
        FailReason = job.FailReason,
    };
}
