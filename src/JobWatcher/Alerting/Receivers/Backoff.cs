namespace JobWatcher.Alerting.Receivers;

/// <summary>How long to wait before a failed notification is tried again: full jitter, so that many do not come at once.</summary>
internal static class Backoff
{
    private const int MostDoublings = 20;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>Computes a wait.</summary>
    /// <param name="failures">How often it failed in a row, from 1.</param>
    /// <param name="most">The longest wait.</param>
    /// <param name="random">From 0 to 1.</param>
    /// <returns>At least a tenth of a second.</returns>
    public static TimeSpan Delay(int failures, TimeSpan most, double random)
    {
        var longest = Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, MostDoublings)), most.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Max(0.1, random * longest));
    }
}
