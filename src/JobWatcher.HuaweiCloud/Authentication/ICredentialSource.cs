namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>Where a request's credentials come from. Asked before each request, so that a source can renew them.</summary>
public interface ICredentialSource
{
    /// <summary>The credentials that are valid now. Safe to call from several threads.</summary>
    /// <exception cref="CloudException">They could not be had.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    ValueTask<Credentials> GetAsync(CancellationToken cancellationToken);
}
