namespace JobWatcher.HuaweiCloud.Http.Clocks;

/// <summary>Which differences between this machine's clock and the cloud's matter to signatures (rule L8 of the protocol).</summary>
public static class SigningBounds
{
    /// <summary>
    /// From here on a difference matters: of the 15 minutes that the cloud accepts, the rest is for an answer that takes its time.
    /// </summary>
    public static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(10);

    /// <summary>A server that claims more is not believed, and its time never signed with.</summary>
    public static readonly TimeSpan Believed = TimeSpan.FromHours(24);
}
