using JobWatcher.Planning;
using JobWatcher.Snapshots;

namespace JobWatcher.Alerts;

/// <summary>What is known of a target at the moment at which its alerts are decided.</summary>
internal sealed record AlertSight
{
    /// <summary>The target as it is configured.</summary>
    public required WatchedTarget Target { get; init; }

    /// <summary>Its jobs.</summary>
    public required Snapshot Snapshot { get; init; }

    /// <summary>The values of the label <c>job_name</c>.</summary>
    public required BoundedLabels JobNames { get; init; }

    /// <summary>The time by the cloud's clock; by the watcher's own while that is not known.</summary>
    public required DateTimeOffset CloudTime { get; init; }

    /// <summary>The time by the watcher's own clock.</summary>
    public required DateTimeOffset OwnTime { get; init; }

    /// <summary>
    /// Whether the cloud has told its time to this process: until then nothing is concluded from the age of a job or of an
    /// alert (rule A4).
    /// </summary>
    public bool IsCloudTimeKnown { get; init; } = true;

    /// <summary>Whether our own store kept the last poll from its end: whether the cloud answers, the next one tells.</summary>
    public bool HasFailedAtStore { get; init; }

    /// <summary>Makes the alerts that start now.</summary>
    public AlertFactory Factory => new(Target, JobNames, CloudTime, OwnTime);
}
