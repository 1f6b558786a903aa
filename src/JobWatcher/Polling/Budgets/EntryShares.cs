using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.HuaweiCloud.Isolation;

namespace JobWatcher.Polling.Budgets;

/// <summary>How much a credentials entry may ask of the cloud.</summary>
/// <param name="Rate">The request budget.</param>
/// <param name="MaxConcurrency">How many requests may be in flight.</param>
internal sealed record EntryBudget(RequestRate Rate, int MaxConcurrency);

/// <summary>The shares of all credentials entries. Safe for several threads.</summary>
internal sealed class EntryShares(EntryBudget budget, TimeProvider time) : IDisposable
{
    private readonly IpBudget _address = new(time);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, EntryShare> _shares = new(StringComparer.Ordinal);
    private EntryBudget _budget = budget;

    /// <summary>The shares that are in use, by name.</summary>
    public IReadOnlyList<EntryShare> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _shares.Values.OrderBy(share => share.Name, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The share of an entry.</summary>
    public EntryShare For(string entry)
    {
        lock (_lock)
        {
            return _shares.TryGetValue(entry, out var known) ? known : _shares[entry] = new EntryShare(
                entry, _budget, new EntryLimits(_budget.Rate, _budget.MaxConcurrency, _address, time));
        }
    }

    /// <summary>Changes how much every entry may ask of the cloud.</summary>
    public void Configure(EntryBudget budget)
    {
        lock (_lock)
        {
            if (budget == _budget)
            {
                return;
            }

            _budget = budget;
            foreach (var share in _shares.Values)
            {
                share.Configure(budget);
            }
        }
    }

    /// <summary>Drops all other entries. No request of theirs may be under way any more.</summary>
    public void Keep(IReadOnlySet<string> entries)
    {
        lock (_lock)
        {
            foreach (var entry in _shares.Keys.Except(entries, StringComparer.Ordinal).ToList())
            {
                _shares.Remove(entry, out var share);
                share!.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var share in All)
        {
            share.Dispose();
        }

        _address.Dispose();
    }
}
