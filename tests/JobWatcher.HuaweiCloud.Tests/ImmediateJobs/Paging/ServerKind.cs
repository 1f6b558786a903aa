using JobWatcher.HuaweiCloud.ImmediateJobs.Paging;

namespace JobWatcher.HuaweiCloud.Tests.ImmediateJobs.Paging;

/// <summary>In what a server may differ from another and still be an honest one.</summary>
internal sealed record ServerKind(
    OffsetMeaning Meaning = OffsetMeaning.PageNumber,
    bool HidesFirst = false,
    bool RefusesZero = false,
    int PageCap = 50,
    EndTimeMeaning EndTime = EndTimeMeaning.CreatedUpTo);

/// <summary>What a server selects with <c>end_time</c>.</summary>
public enum EndTimeMeaning
{
    CreatedUpTo,
    EndedUpTo,
    Ignored,
    Refused,
}
