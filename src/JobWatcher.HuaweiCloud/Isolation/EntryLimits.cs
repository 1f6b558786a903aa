using JobWatcher.HuaweiCloud.Budget;

namespace JobWatcher.HuaweiCloud.Isolation;

/// <summary>What all targets of one credentials entry share: its budget, its slots and the turn of full listings. Thread safe.</summary>
public sealed class EntryLimits : IDisposable
{
    private int _maxConcurrency;

    /// <summary>Creates those of one entry.</summary>
    /// <param name="rate">The configured budget.</param>
    /// <param name="maxConcurrency">How many requests may be in flight; at least 1.</param>
    /// <param name="address">The budget of this machine's address, shared by all entries; not disposed here.</param>
    /// <param name="time">The time of waits.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxConcurrency"/> is below 1.</exception>
    public EntryLimits(RequestRate rate, int maxConcurrency, IpBudget address, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrency, 1);
        _maxConcurrency = maxConcurrency;
        Budget = new RequestBudget(rate, address, time);
        Slots = new RequestSlots(maxConcurrency);
        FullListings = new FullListingTurn(Budget);
    }

    /// <summary>How many requests may be sent.</summary>
    public RequestBudget Budget { get; }

    /// <summary>Whose full listing goes now.</summary>
    public FullListingTurn FullListings { get; }

    internal RequestSlots Slots { get; }

    /// <summary>Changes the limits, without a break for those who wait or are under way.</summary>
    /// <param name="rate">The configured budget.</param>
    /// <param name="maxConcurrency">How many requests may be in flight; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxConcurrency"/> is below 1.</exception>
    public void Configure(RequestRate rate, int maxConcurrency)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrency, 1);
        Budget.Configure(rate);
        if (maxConcurrency != _maxConcurrency)
        {
            _maxConcurrency = maxConcurrency;
            Slots.Resize(maxConcurrency);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Budget.Dispose();
        Slots.Dispose();
        FullListings.Dispose();
    }
}
