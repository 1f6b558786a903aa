using System.Collections.Concurrent;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.HuaweiCloud.Isolation;

namespace JobWatcher.Polling;

/// <summary>How much a credentials entry may ask of the cloud.</summary>
/// <param name="Rate">The request budget.</param>
/// <param name="MaxConcurrency">How many requests may be in flight.</param>
internal sealed record EntryBudget(RequestRate Rate, int MaxConcurrency);

/// <summary>The shares of all credentials entries. Safe for several threads.</summary>
internal sealed class EntryShares(EntryBudget budget, TimeProvider time) : IDisposable
{
    private readonly IpBudget _address = new(time);
    private readonly ConcurrentDictionary<string, EntryShare> _shares = new(StringComparer.Ordinal);

    /// <summary>The shares that are in use, by name.</summary>
    public IReadOnlyList<EntryShare> All => [.. _shares.Values.OrderBy(share => share.Name, StringComparer.Ordinal)];

    /// <summary>The share of an entry.</summary>
    public EntryShare For(string entry) => _shares.GetOrAdd(entry, name => new EntryShare(
        name, budget.Rate, new EntryLimits(budget.Rate, budget.MaxConcurrency, _address, time)));

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
