using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Snapshots;

/// <summary>
/// Rule D1 of the protocol: what was there when watching began is taken in silently, everything later is a transition,
/// however late it is seen. No part of it depends on which listing was the first complete one.
/// </summary>
internal static class QuietStart
{
    // By how much a Date may lie beside the truth without being wrong.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>The cloud time from which on first sights are transitions, as of a poll.</summary>
    /// <param name="before">The one before the poll; null for the first answered one.</param>
    /// <param name="observation">What the poll learnt.</param>
    /// <remarks>
    /// A first <c>Date</c> that lies ahead would silence what happens until then. Where the cloud's clock and the watcher's own
    /// both disprove it, it is taken back to the last answered poll, which could still judge by it.
    /// </remarks>
    public static DateTimeOffset Began(DateTimeOffset? before, Observation observation)
    {
        if (before is not { } began)
        {
            return observation.CloudTime;
        }

        if (began - observation.CloudTime <= Slack || began - observation.ObservedTime <= Slack)
        {
            return began;
        }

        var passed = observation.ObservedTime - observation.LastAnswered;
        return passed > TimeSpan.Zero ? observation.CloudTime - passed.Value : observation.CloudTime;
    }

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
