using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Alerts;

/// <summary>Names an alert of the public contract, which is a rule at the same time.</summary>
/// <param name="Value">The name, compared ordinally.</param>
internal readonly record struct AlertName(string Value)
{
    /// <summary>A job failed.</summary>
    public static readonly AlertName JobFailed = new("JobFailed");

    /// <summary>A job was canceled.</summary>
    public static readonly AlertName JobCanceled = new("JobCanceled");

    /// <summary>A job is open in one status for too long.</summary>
    public static readonly AlertName JobStuck = new("JobStuck");

    /// <summary>A target's state is unknown.</summary>
    public static readonly AlertName TargetUnreachable = new("TargetUnreachable");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<AlertName> All = [JobFailed, JobCanceled, JobStuck, TargetUnreachable];

    /// <summary>The alert that a job's end in this status fires; null where none does.</summary>
    public static AlertName? OfEnd(JobStatus status) =>
        status == JobStatus.Failed ? JobFailed :
        status == JobStatus.Canceled ? JobCanceled :
        null;

    /// <inheritdoc/>
    public override string ToString() => Value;
}
