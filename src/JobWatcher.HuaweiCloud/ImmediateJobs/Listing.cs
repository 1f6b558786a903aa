namespace JobWatcher.HuaweiCloud.ImmediateJobs;

/// <summary>What the API listed, read page by page and put together.</summary>
public sealed record Listing
{
    /// <summary>The readable jobs, each id once, in the order of the list.</summary>
    public required IReadOnlyList<ImmediateJob> Jobs { get; init; }

    /// <summary>
    /// True when the list was read to its end and held as many items as <see cref="TotalCount"/>, the same on every
    /// page. Only then may anything be concluded from what is missing.
    /// </summary>
    public required bool IsComplete { get; init; }

    /// <summary>The <c>total_count</c> of the last page.</summary>
    public required int TotalCount { get; init; }

    /// <summary>How many distinct items were seen, unreadable ones included.</summary>
    public required int Listed { get; init; }

    /// <summary>How many items could not be read as a job, and so are missing from <see cref="Jobs"/>.</summary>
    public int Malformed { get; init; }

    /// <summary>How many requests were answered for it.</summary>
    public int Pages { get; init; }

    /// <summary>
    /// The smallest <c>Date</c> header of its answers: the cloud's time when the reading began, to the second; null without one.
    /// </summary>
    public DateTimeOffset? CloudTime { get; init; }

    /// <summary>The largest one: the cloud's time when the reading ended.</summary>
    public DateTimeOffset? LatestCloudTime { get; init; }
}
