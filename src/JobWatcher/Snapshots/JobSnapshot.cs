using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Snapshots;

/// <summary>One job as it was last seen.</summary>
internal sealed record JobSnapshot
{
    /// <summary>The fields of the last answer that showed it.</summary>
    public required ImmediateJob Job { get; init; }

    /// <summary>
    /// Since when it has its status: the created time for a job never seen in another one, else the cloud time of the
    /// change; null where neither is known (rule A4 of the protocol).
    /// </summary>
    public DateTimeOffset? StatusSince { get; init; }

    /// <summary>How many complete listings in a row, each of which should have shown it, lacked it.</summary>
    public int Missed { get; init; }

    /// <summary>The cloud time at which it was concluded that the job is listed no more; null while it is.</summary>
    public DateTimeOffset? GoneSince { get; init; }

    /// <summary>
    /// True for a job that was open when it went. Such a job goes on from <see cref="Transition.NotListed"/> if it
    /// returns, while one that had ended goes on where it stood (rules D2 and D4).
    /// </summary>
    public bool Vanished { get; init; }
}
