namespace JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

/// <summary>One answer to a request for jobs.</summary>
/// <param name="Items">The elements of its array, in its order.</param>
/// <param name="TotalCount">How many jobs the API says there are; null where it does not say or nothing readable.</param>
/// <param name="CloudTime">The answer's <c>Date</c> header.</param>
internal sealed record ListingPage(IReadOnlyList<ListedItem> Items, int? TotalCount, DateTimeOffset? CloudTime);
