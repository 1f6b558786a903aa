using JobWatcher.Polling.Targets;
using JobWatcher.Snapshots;

namespace JobWatcher.Reporting.Metrics;

/// <summary>Which open jobs get series of their own: the oldest, up to a limit for each target and one for all.</summary>
internal static class OpenJobs
{
    /// <summary>Chooses the jobs of every target.</summary>
    /// <param name="targets">The targets whose jobs are shown, with all their open jobs.</param>
    /// <param name="limit">How many jobs of one target get series.</param>
    /// <param name="limitOfAll">How many jobs of all targets together do.</param>
    public static IReadOnlyDictionary<TargetWatch, IReadOnlyList<JobSnapshot>> Choose(
        IEnumerable<KeyValuePair<TargetWatch, IReadOnlyList<JobSnapshot>>> targets, int limit, int limitOfAll)
    {
        var chosen = targets
            .SelectMany(target => OldestFirst(target.Value).Take(limit).Select(job => (Target: target.Key, Job: job)))
            .ToList();
        if (chosen.Count > limitOfAll)
        {
            chosen = [.. chosen.OrderBy(pair => Age(pair.Job)).Take(limitOfAll)];
        }

        return chosen
            .GroupBy(pair => pair.Target, pair => pair.Job)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<JobSnapshot>)[.. group]);
    }

    private static IEnumerable<JobSnapshot> OldestFirst(IEnumerable<JobSnapshot> jobs) =>
        jobs.OrderBy(Age).ThenBy(known => known.Job.JobId, StringComparer.Ordinal);

    private static DateTimeOffset Age(JobSnapshot known) => known.Job.CreatedTime ?? DateTimeOffset.MaxValue;
}
