namespace JobWatcher.Alerts;

/// <summary>What becomes of a target's alerts in one commit.</summary>
/// <param name="Started">Those that start, in order; one that ends in the same commit is in both lists.</param>
/// <param name="Ended">Those that end, with their end.</param>
internal sealed record AlertChanges(IReadOnlyList<Alert> Started, IReadOnlyList<Alert> Ended)
{
    /// <summary>Nothing.</summary>
    public static readonly AlertChanges None = new([], []);

    /// <summary>Whether nothing changes.</summary>
    public bool IsEmpty => Started.Count == 0 && Ended.Count == 0;
}
