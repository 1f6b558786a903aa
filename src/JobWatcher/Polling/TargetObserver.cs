using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Polling;

/// <summary>Asks the cloud, and the store where it must, for all that one poll compares. One poll at a time.</summary>
internal sealed class TargetObserver(TargetClient client, IWatchStore store, TimeProvider time)
{
    private readonly SteadyShortfall _shortfall = new();

    /// <summary>The cloud's clock, as of the last answer; null before the first.</summary>
    public CloudClock? Cloud { get; private set; }

    /// <summary>Lists the jobs, and looks up what must be.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="previous">The last snapshot.</param>
    /// <param name="cancellationToken">The poll's time is up, or the process stops.</param>
    /// <param name="stopping">The process stops.</param>
    public async Task<Observation> ObserveAsync(
        string target, Snapshot previous, CancellationToken cancellationToken, CancellationToken stopping)
    {
        var jobs = await client.GetAsync(cancellationToken);
        var listing = await jobs.ListAsync(ListingQuery.All, cancellationToken);
        if ((listing.LatestCloudTime ?? listing.CloudTime) is { } date)
        {
            Cloud = new CloudClock(date, time.GetTimestamp());
        }

        var isCovering = listing.IsComplete || _shortfall.IsServersOwn(listing);
        var unknown = listing.Jobs.Select(job => job.JobId).Where(id => !previous.Jobs.ContainsKey(id)).ToList();
        return new Observation
        {
            Listing = listing,
            IsCovering = isCovering,
            LookUps = await LookUpAsync(
                jobs, isCovering ? MissingJobs.ToLookUp(previous, listing) : [], cancellationToken, stopping),
            Remembered = unknown.Count == 0
                ? new Dictionary<string, JobSnapshot>(StringComparer.Ordinal)
                : await store.ReadGoneJobsAsync(target, unknown, stopping),
            CloudTime = listing.CloudTime ?? Cloud?.Now(time) ?? time.GetUtcNow(),
            ObservedTime = time.GetUtcNow(),
        };
    }

    // Rule L5: a look-up never fails the poll; those for which the time did not suffice prove nothing.
    private static async Task<Dictionary<string, LookUp>> LookUpAsync(
        IImmediateJobsClient client,
        IReadOnlyList<string> jobIds,
        CancellationToken cancellationToken,
        CancellationToken stopping)
    {
        var lookUps = new Dictionary<string, LookUp>(StringComparer.Ordinal);
        try
        {
            foreach (var jobId in jobIds)
            {
                lookUps[jobId] = await client.FindAsync(jobId, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return lookUps;
        }

        return lookUps;
    }
}
