namespace JobWatcher.HuaweiCloud.ImmediateJobs;

/// <summary>Lists the immediate jobs of one project in one region.</summary>
public interface IImmediateJobsClient
{
    /// <summary>Reads the list to its end, or says that it is incomplete.</summary>
    /// <exception cref="CloudException">The API refused, failed or could not be reached.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    Task<Listing> ListAsync(ListingQuery query, CancellationToken cancellationToken);

    /// <summary>Looks one job up by its id. Never throws for what the cloud does; see <see cref="LookUpVerdict"/>.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    Task<LookUp> FindAsync(string jobId, CancellationToken cancellationToken);
}
