namespace JobWatcher.HuaweiCloud.ImmediateJobs.Paging;

/// <summary>What earlier listings taught about a server. Nothing rests on it: where it proves wrong, it is learned anew.</summary>
/// <param name="Meaning">How it reads <c>offset</c>; null while that is not known.</param>
/// <param name="HidesFirst">Whether it shows some jobs only with <c>offset=0</c>.</param>
/// <param name="Shortfall">
/// By how many jobs its list falls short of its <c>total_count</c> even when it stands still; null where it does not.
/// </param>
internal sealed record PagingHabit(OffsetMeaning? Meaning = null, bool HidesFirst = false, int? Shortfall = null)
{
    public static readonly PagingHabit Unknown = new();
}
