namespace JobWatcher.HuaweiCloud.ImmediateJobs;

/// <summary>Which jobs to list. Everything left null selects all.</summary>
public sealed record ListingQuery
{
    /// <summary>All jobs that the API keeps, about a month of them.</summary>
    public static readonly ListingQuery All = new();

    /// <summary>Only jobs in this status.</summary>
    public JobStatus? Status { get; init; }

    /// <summary>Only jobs of exactly this name.</summary>
    public string? JobName { get; init; }

    /// <summary>Only jobs from this time on.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Only jobs up to this time.</summary>
    public DateTimeOffset? EndTime { get; init; }
}
