using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.HuaweiCloud.Isolation;

namespace JobWatcher.Polling.Budgets;

/// <summary>What the targets of one credentials entry share: its limits, and by what its intervals are stretched.</summary>
/// <param name="name">The entry's name, which is the label <c>credentials</c>.</param>
/// <param name="budget">What is configured.</param>
/// <param name="limits">The limits that its clients obey; disposed with the entry.</param>
internal sealed class EntryShare(string name, EntryBudget budget, EntryLimits limits) : IDisposable
{
    private EntryBudget _budget = budget;
    private double _factor = 1;

    /// <summary>The entry's name.</summary>
    public string Name => name;

    /// <summary>The configured budget.</summary>
    public RequestRate Rate => Volatile.Read(ref _budget).Rate;

    /// <summary>The limits.</summary>
    public EntryLimits Limits => limits;

    /// <summary>
    /// By what the intervals of all its targets, and <c>unknownAfter</c> with them, are multiplied; at least 1 (rule L6).
    /// </summary>
    public double Factor => Volatile.Read(ref _factor);

    /// <summary>Changes the factor; false when somebody else did so meanwhile.</summary>
    public bool TryChangeFactor(double before, double after) =>
        Interlocked.CompareExchange(ref _factor, after, before) == before;

    /// <summary>Changes what is configured; those who wait for the limits wait on under the new ones.</summary>
    public void Configure(EntryBudget budget)
    {
        Volatile.Write(ref _budget, budget);
        limits.Configure(budget.Rate, budget.MaxConcurrency);
    }

    /// <inheritdoc/>
    public void Dispose() => limits.Dispose();
}
