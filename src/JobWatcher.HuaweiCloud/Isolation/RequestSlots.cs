using JobWatcher.HuaweiCloud.Budget;

namespace JobWatcher.HuaweiCloud.Isolation;

/// <summary>
/// The requests that a credentials entry may have in flight. Targets whose last attempt timed out share a quarter of them,
/// at least one, so that those that hang leave room for those that answer. Thread safe.
/// </summary>
internal sealed class RequestSlots(int maxConcurrency) : IDisposable
{
    private readonly Turnstile _all = new(maxConcurrency);
    private readonly Turnstile _timedOut = new(Math.Max(1, maxConcurrency / 4));

    /// <summary>Waits for a slot, which is given back by disposing what is returned.</summary>
    /// <param name="hasTimedOut">Whether the target's last attempt timed out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<IDisposable> TakeAsync(bool hasTimedOut, CancellationToken cancellationToken)
    {
        if (!hasTimedOut)
        {
            return await _all.PassAsync(cancellationToken);
        }

        var share = await _timedOut.PassAsync(cancellationToken);
        try
        {
            return new SharedSlot(share, await _all.PassAsync(cancellationToken));
        }
        catch
        {
            share.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _all.Dispose();
        _timedOut.Dispose();
    }

    private sealed class SharedSlot(IDisposable share, IDisposable slot) : IDisposable
    {
        public void Dispose()
        {
            slot.Dispose();
            share.Dispose();
        }
    }
}
