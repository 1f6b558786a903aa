using JobWatcher.HuaweiCloud.Budget;

namespace JobWatcher.HuaweiCloud.Isolation;

/// <summary>
/// The requests that a credentials entry may have in flight. Targets whose last attempt timed out share a quarter of them,
/// at least one, so that those that hang leave room for those that answer. Thread safe.
/// </summary>
internal sealed class RequestSlots(int maxConcurrency) : IDisposable
{
    private volatile Turnstile _all = new(maxConcurrency);
    private volatile Turnstile _timedOut = new(OfTimedOut(maxConcurrency));

    /// <summary>
    /// Changes their number for the requests that come from now on; those that are in flight or wait keep their places.
    /// </summary>
    public void Resize(int maxConcurrency) =>
        // Those before are left to the collector: disposed, they would turn away who waits.
        (_all, _timedOut) = (new Turnstile(maxConcurrency), new Turnstile(OfTimedOut(maxConcurrency)));

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

    private static int OfTimedOut(int maxConcurrency) => Math.Max(1, maxConcurrency / 4);

    private sealed class SharedSlot(IDisposable share, IDisposable slot) : IDisposable
    {
        public void Dispose()
        {
            slot.Dispose();
            share.Dispose();
        }
    }
}
