namespace JobWatcher.HuaweiCloud.ImmediateJobs.Paging;

/// <summary>
/// How a server reads <c>offset</c>. The reference describes the second and gives it the default 1; the vendor's own
/// Terraform provider uses the first.
/// </summary>
internal enum OffsetMeaning
{
    /// <summary>The number of a page, from 1.</summary>
    PageNumber,

    /// <summary>How many records to leave out.</summary>
    RecordOffset,
}
