namespace JobWatcher.Snapshots;

/// <summary>
/// Rule D4 of the protocol: an open job is looked up by its id once two covering listings in a row lack it.
/// </summary>
internal static class MissingJobs
{
    /// <summary>How many covering listings in a row must lack a job before anything is concluded from it.</summary>
    public const int ListingsToConclude = 2;

    /// <summary>The ids to look up before a listing can be compared.</summary>
    /// <param name="previous">The last snapshot.</param>
    /// <param name="observation">What was listed.</param>
    public static IReadOnlyList<string> ToLookUp(Snapshot previous, Observation observation)
    {
        if (!observation.IsCovering)
        {
            return [];
        }

        var suspects = previous.Open.Values
            .Where(known => MissedAfter(known, observation) >= ListingsToConclude)
            .Select(known => known.Job.JobId)
            .ToHashSet(StringComparer.Ordinal);
        suspects.ExceptWith(observation.Listing.Jobs.Select(job => job.JobId));
        return [.. suspects];
    }

    /// <summary>How many covering listings in a row lack a job that this one lacks.</summary>
    public static int MissedAfter(JobSnapshot known, Observation observation) =>
        observation.Covers(known.Job) ? Math.Min(known.Missed + 1, ListingsToConclude) : known.Missed;
}
