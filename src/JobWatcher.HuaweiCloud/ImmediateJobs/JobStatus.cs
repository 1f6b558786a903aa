namespace JobWatcher.HuaweiCloud.ImmediateJobs;

/// <summary>
/// The status of an immediate job, as the API spells it. The set is open: a status that this version does not know
/// is kept as it came and counts as open.
/// </summary>
/// <param name="Value">The API's spelling, compared ordinally.</param>
public readonly record struct JobStatus(string Value)
{
    /// <summary>Deferred, not started yet.</summary>
    public static readonly JobStatus Pending = new("Pending");

    /// <summary>In progress.</summary>
    public static readonly JobStatus Running = new("Running");

    /// <summary>Ended well.</summary>
    public static readonly JobStatus Completed = new("Completed");

    /// <summary>Ended with a failure.</summary>
    public static readonly JobStatus Failed = new("Failed");

    /// <summary>Waits for somebody's authorization.</summary>
    public static readonly JobStatus Unauthorized = new("Unauthorized");

    /// <summary>Ended by somebody's decision.</summary>
    public static readonly JobStatus Canceled = new("Canceled");

    /// <summary>
    /// That of a job which is not listed, and so of none that is: an item that tells it cannot be read as a job.
    /// </summary>
    public static readonly JobStatus NotListed = new("None");

    /// <summary>True for the statuses from which the API tells no way on: Completed, Failed, Canceled.</summary>
    public bool IsEnded => this == Completed || this == Failed || this == Canceled;

    /// <summary>True for all others, unknown ones included.</summary>
    public bool IsOpen => !IsEnded;

    /// <inheritdoc/>
    public override string ToString() => Value;
}
