using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Snapshots;

/// <summary>
/// Rule D4 of the protocol: an open job is looked up by its id once two complete listings in a row lack it.
/// </summary>
internal static class MissingJobs
{
    /// <summary>How many complete listings in a row must lack a job before anything is concluded from it.</summary>
    public const int ListingsToConclude = 2;

    // A look-up is a request: a list that was cut by the server's error must not turn into a storm of them.
    private const int MostLookUpsInAPoll = 20;

    /// <summary>The ids to look up before a covering listing can be compared.</summary>
    public static IReadOnlyList<string> ToLookUp(Snapshot previous, Listing listing)
    {
        var suspects = previous.Jobs.Values
            .Where(known => known.Job.Status.IsOpen && known.Missed + 1 >= ListingsToConclude)
            .Select(known => known.Job.JobId)
            .ToHashSet(StringComparer.Ordinal);
        suspects.ExceptWith(listing.Jobs.Select(job => job.JobId));

        return [.. suspects.Order(StringComparer.Ordinal).Take(MostLookUpsInAPoll)];
    }
}
