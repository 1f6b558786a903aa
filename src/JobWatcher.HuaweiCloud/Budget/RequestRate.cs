namespace JobWatcher.HuaweiCloud.Budget;

/// <summary>How many requests may be sent in any period of a length.</summary>
public readonly record struct RequestRate
{
    /// <summary>Creates a rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is not above zero.</exception>
    public RequestRate(int requests, TimeSpan per)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(requests, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(per, TimeSpan.Zero);
        (Requests, Per) = (requests, per);
    }

    /// <summary>How many requests; at least 1.</summary>
    public int Requests { get; }

    /// <summary>The period's length; above zero.</summary>
    public TimeSpan Per { get; }

    /// <summary>The time from one request to the next when they are spread evenly.</summary>
    public TimeSpan Spacing => Per / Requests;
}
