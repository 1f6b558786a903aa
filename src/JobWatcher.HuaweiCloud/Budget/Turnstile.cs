using System.Globalization;
using System.Threading.RateLimiting;

namespace JobWatcher.HuaweiCloud.Budget;

/// <summary>Lets a number of callers in at a time, in the order in which they came.</summary>
internal sealed class Turnstile(int places) : IDisposable
{
    // Each target has one request at most, so this is never reached by a fleet that a machine can poll.
    private const int MaxWaiting = 100_000;

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = places,
        QueueLimit = MaxWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits for a place, which is given back by disposing what is returned.</summary>
    /// <exception cref="CloudException">Too many wait already.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public async ValueTask<IDisposable> PassAsync(CancellationToken cancellationToken)
    {
        var lease = await _limiter.AcquireAsync(1, cancellationToken);
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        throw new CloudException(
            CloudFault.Error,
            string.Create(CultureInfo.InvariantCulture, $"More than {MaxWaiting} requests wait for one budget; this one was not sent."))
        {
            WasNotSent = true,
        };
    }

    public void Dispose() => _limiter.Dispose();
}
