namespace JobWatcher.Simulator.Jobs;

/// <summary>The statuses of the vendor's reference.</summary>
public static class JobStatuses
{
    /// <summary>Deferred, not started.</summary>
    public const string Pending = "Pending";

    /// <summary>At work.</summary>
    public const string Running = "Running";

    /// <summary>Ended well.</summary>
    public const string Completed = "Completed";

    /// <summary>Ended badly.</summary>
    public const string Failed = "Failed";

    /// <summary>Waits for an authorization; newer servers only.</summary>
    public const string Unauthorized = "Unauthorized";

    /// <summary>Ended by its user; newer servers only.</summary>
    public const string Canceled = "Canceled";

    /// <summary>All six of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Pending, Running, Completed, Failed, Unauthorized, Canceled];
}
