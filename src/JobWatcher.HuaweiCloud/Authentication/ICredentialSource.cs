namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>Where a request's credentials come from. Asked before each attempt, so that a source can renew them.</summary>
public interface ICredentialSource
{
    /// <summary>The credentials that are valid now. Safe to call from several threads.</summary>
    /// <exception cref="CloudException">They could not be had.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    ValueTask<Credentials> GetAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Tells that the API answered 401 to these credentials. Safe to call from several threads, also for credentials that
    /// were renewed meanwhile.
    /// </summary>
    /// <returns>Whether <see cref="GetAsync"/> may give others now, so that the request is worth sending once more.</returns>
    bool Invalidate(Credentials refused) => false;
}
