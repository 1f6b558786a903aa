using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Alerts;

/// <summary>
/// One alert. All but its end is fixed when it starts, so that an instance that is renamed or a severity that is changed
/// makes no second alert (rule A1 of the protocol).
/// </summary>
internal sealed record Alert
{
    /// <summary>Its identity.</summary>
    public required AlertId Id { get; init; }

    /// <summary>What it is about.</summary>
    public required AlertKey Key { get; init; }

    /// <summary>The label <c>severity</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>
    /// Its identity for others: all labels of the public contract but <c>alertname</c>, and the target's own. None is empty.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Texts for people.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>The job as it was when the alert started; null for an alert about the target itself.</summary>
    public ImmediateJob? Job { get; init; }

    /// <summary>Since when what it tells holds, by the cloud's clock.</summary>
    public required DateTimeOffset StartedTime { get; init; }

    /// <summary>When that was seen, by the cloud's clock. Its age counts from here.</summary>
    public required DateTimeOffset ObservedTime { get; init; }

    /// <summary>When it ended, by the cloud's clock; null while it fires.</summary>
    public DateTimeOffset? EndedTime { get; init; }

    /// <summary>Why it ended; null while it fires.</summary>
    public EndReason? EndReason { get; init; }

    /// <summary>When the end was seen, by the cloud's clock; null while it fires.</summary>
    public DateTimeOffset? EndSeenTime { get; init; }

    /// <summary>Whether an answered scrape has shown it: one that ended stays in the metric until then (rule A6).</summary>
    public bool IsShown { get; init; }

    /// <summary>Whether it fires.</summary>
    public bool IsFiring => EndedTime is null;

    /// <summary>
    /// From when on it counts as shown: <see cref="ObservedTime"/>, but not after its end was seen. It is where it started
    /// before the cloud had told its time, by our own clock, and that was ahead.
    /// </summary>
    public DateTimeOffset SeenSince => EndSeenTime is { } ended && ended < ObservedTime ? ended : ObservedTime;

    /// <summary>The target's own labels among <see cref="Labels"/>.</summary>
    public IEnumerable<KeyValuePair<string, string>> OwnLabels => Labels.Where(label => !AlertLabels.All.Contains(label.Key));

    /// <summary>The alert as it ends, never before it started.</summary>
    /// <param name="reason">Why it ends.</param>
    /// <param name="time">When what it tells ended.</param>
    /// <param name="seen">When that was seen.</param>
    public Alert Ended(EndReason reason, DateTimeOffset time, DateTimeOffset seen) => this with
    {
        EndedTime = time > StartedTime ? time : StartedTime,
        EndReason = reason,
        EndSeenTime = seen,
    };
}
