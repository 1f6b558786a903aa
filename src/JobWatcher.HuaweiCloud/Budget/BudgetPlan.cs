namespace JobWatcher.HuaweiCloud.Budget;

/// <summary>Whether the polls of a credentials entry fit into its budget.</summary>
public static class BudgetPlan
{
    /// <summary>What regular polls may need of a budget; the rest is for full listings, look-ups and retries.</summary>
    public const double Share = 0.8;

    /// <summary>The part of the budget that the polls need: 1 is all of it.</summary>
    /// <param name="rate">The budget.</param>
    /// <param name="polls">Each target's interval and the requests of one poll.</param>
    public static double Need(RequestRate rate, IEnumerable<(TimeSpan Interval, int RequestsAPoll)> polls)
    {
        ArgumentNullException.ThrowIfNull(polls);
        return polls.Sum(poll => poll.RequestsAPoll * (rate.Per / poll.Interval)) / rate.Requests;
    }

    /// <summary>
    /// By which factor all intervals of the entry's targets, and <c>unknownAfter</c> with them, must be stretched so that
    /// the polls need no more than <see cref="Share"/> of the budget; 1 where they fit.
    /// </summary>
    /// <param name="requests">The budget's requests.</param>
    /// <param name="per">The budget's period.</param>
    /// <param name="polls">Each target's interval, above zero, and the requests of one poll.</param>
    public static double Factor(int requests, TimeSpan per, IEnumerable<(TimeSpan Interval, int RequestsAPoll)> polls) =>
        Math.Max(1, Need(new RequestRate(requests, per), polls) / Share);
}
