namespace JobWatcher.HuaweiCloud.ImmediateJobs.Paging;

/// <summary>The next page to ask for.</summary>
/// <param name="Offset">The <c>offset</c>; null to send none.</param>
/// <param name="EndTime">The <c>end_time</c>; null to send none.</param>
internal readonly record struct PageRequest(int? Offset, DateTimeOffset? EndTime);
