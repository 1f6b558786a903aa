namespace JobWatcher.HuaweiCloud.Budget;

/// <summary>For how long the cloud has held requests back by refusing some (429), up to a moment.</summary>
/// <param name="Entry">Those of a credentials entry.</param>
/// <param name="Address">Those of this machine's address.</param>
internal readonly record struct HeldBack(TimeSpan Entry, TimeSpan Address)
{
    /// <summary>
    /// For how long either held requests back since an earlier moment: at least so long, for both may have done so in turn.
    /// </summary>
    public TimeSpan Since(HeldBack before)
    {
        var (entry, address) = (Entry - before.Entry, Address - before.Address);
        return entry > address ? entry : address;
    }
}
