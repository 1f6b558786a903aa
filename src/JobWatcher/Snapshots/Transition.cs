using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Snapshots;

/// <summary>One observed step of one job from a status to another.</summary>
internal sealed record Transition
{
    /// <summary>Stands for "not listed": before a job appeared, and after it vanished.</summary>
    public static readonly JobStatus NotListed = JobStatus.NotListed;

    /// <summary>The job as it was after the step; for a vanished job as it was last seen.</summary>
    public required ImmediateJob Job { get; init; }

    /// <summary>The status before, or <see cref="NotListed"/>.</summary>
    public required JobStatus From { get; init; }

    /// <summary>The status after, or <see cref="NotListed"/>.</summary>
    public required JobStatus To { get; init; }

    /// <summary>When the watcher saw it, by its own clock.</summary>
    public required DateTimeOffset ObservedTime { get; init; }

    /// <summary>True for the step by which a job came to its end.</summary>
    public bool IsEnding => To.IsEnded && From.IsOpen;

    /// <summary>How long the job took; null unless this step ended it (see <see cref="ImmediateJob.Duration"/>).</summary>
    public TimeSpan? Duration => To.IsEnded ? Job.Duration : null;
}
