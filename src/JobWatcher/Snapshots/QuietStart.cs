using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Snapshots;

/// <summary>
/// Rule D1 of the protocol: what was there when watching began is taken in silently, everything later is a transition,
/// however late it is seen. No part of it depends on which listing was the first complete one.
/// </summary>
internal static class QuietStart
{
    /// <summary>Whether the first sight of a job is no transition.</summary>
    /// <param name="job">A job that neither memory nor store knows.</param>
    /// <param name="watchFrom">The cloud time of the target's first answered poll.</param>
    /// <param name="isFirstPoll">Whether that very poll shows the job.</param>
    public static bool Covers(ImmediateJob job, DateTimeOffset watchFrom, bool isFirstPoll)
    {
        var lastChange = job.Status.IsEnded ? job.EndedTime ?? job.CreatedTime : job.CreatedTime;

        if (lastChange is not { } time)
        {
            return isFirstPoll;
        }

        // The cloud tells the times of jobs in whole seconds: within one, only the first poll can tell before from after.
        var second = time.ToUnixTimeSeconds();
        var first = watchFrom.ToUnixTimeSeconds();
        return second < first || (isFirstPoll && second == first);
    }
}
