namespace JobWatcher.HuaweiCloud.Budget;

/// <summary>How many requests may be sent in any period of a length.</summary>
/// <param name="Requests">At least 1.</param>
/// <param name="Per">The period's length; above zero.</param>
public readonly record struct RequestRate(int Requests, TimeSpan Per)
{
    /// <summary>The time from one request to the next when they are spread evenly.</summary>
    public TimeSpan Spacing => Per / Requests;
}
