using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Alerts.Rules;

/// <summary>A threshold that was given.</summary>
/// <param name="After">How long is too long; null for <c>off</c>.</param>
internal sealed record StuckThreshold(TimeSpan? After);

/// <summary>How long a job may stay in a status, by status; null where nothing was said.</summary>
internal sealed record StuckThresholds
{
    /// <summary>What holds where nobody says anything else.</summary>
    public static readonly StuckThresholds Default = new()
    {
        Pending = new StuckThreshold(TimeSpan.FromHours(24)),
        Running = new StuckThreshold(TimeSpan.FromHours(2)),
        Unauthorized = new StuckThreshold(TimeSpan.FromHours(1)),
        Other = new StuckThreshold(TimeSpan.FromHours(2)),
    };

    /// <summary>For Pending: jobs deferred to a maintenance window wait most of a day.</summary>
    public StuckThreshold? Pending { get; init; }

    /// <summary>For Running.</summary>
    public StuckThreshold? Running { get; init; }

    /// <summary>For Unauthorized.</summary>
    public StuckThreshold? Unauthorized { get; init; }

    /// <summary>For statuses that this version does not know, which count as open.</summary>
    public StuckThreshold? Other { get; init; }

    /// <summary>What was said for a status.</summary>
    public StuckThreshold? Of(JobStatus status) =>
        status == JobStatus.Pending ? Pending :
        status == JobStatus.Running ? Running :
        status == JobStatus.Unauthorized ? Unauthorized :
        Other;
}
