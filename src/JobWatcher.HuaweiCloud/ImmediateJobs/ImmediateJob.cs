namespace JobWatcher.HuaweiCloud.ImmediateJobs;

/// <summary>
/// One job of a listing, its texts as the API told them and therefore hostile until encoded. Absent, null and empty
/// fields are all null here, but for <see cref="JobId"/>, <see cref="JobName"/> and <see cref="Status"/>.
/// </summary>
public sealed record ImmediateJob
{
    /// <summary>The job's identity, a UUID in all answers known.</summary>
    public required string JobId { get; init; }

    /// <summary>What kind of operation it is; an open set. Empty where the API told none.</summary>
    public required string JobName { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>The progress as text, such as <c>30</c> or <c>30%</c>.</summary>
    public string? Process { get; init; }

    /// <summary>The instance worked on.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The instance's name, chosen by the cloud's users.</summary>
    public string? InstanceName { get; init; }

    /// <summary>The instance's own status, such as <c>normal</c>.</summary>
    public string? InstanceStatus { get; init; }

    /// <summary>The order, for instances billed by the month or year.</summary>
    public string? OrderId { get; init; }

    /// <summary>When it was created; null where the API told none or one that cannot be read.</summary>
    public DateTimeOffset? CreatedTime { get; init; }

    /// <summary>When it ended; null while it is open.</summary>
    public DateTimeOffset? EndedTime { get; init; }

    /// <summary>Why it failed, as free text.</summary>
    public string? FailReason { get; init; }

    /// <summary>From created to ended, never negative; null unless it ended and the API told both times.</summary>
    public TimeSpan? Duration =>
        Status.IsEnded && CreatedTime is { } created && EndedTime is { } ended
            ? ended > created ? ended - created : TimeSpan.Zero
            : null;
}
