using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Snapshots;

/// <summary>
/// Rule D3 of the protocol: a step from ended to open, or from Running to Pending, may be a lagging server that shows what
/// was.
/// </summary>
internal static class BackwardStep
{
    /// <summary>
    /// Whether a sight must be confirmed before it counts. One that tells another ended time needs no proof: a server that
    /// lags cannot know it.
    /// </summary>
    public static bool IsDoubtful(ImmediateJob known, ImmediateJob seen) =>
        IsBackward(known.Status, seen.Status) && (seen.EndedTime is null || seen.EndedTime == known.EndedTime);

    private static bool IsBackward(JobStatus from, JobStatus to) =>
        (from.IsEnded && to.IsOpen) || (from == JobStatus.Running && to == JobStatus.Pending);
}
