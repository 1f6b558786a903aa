namespace JobWatcher.Storage.Rows;

/// <summary>Times as columns hold them: unix milliseconds, UTC. Finer parts of a time are not kept.</summary>
internal static class ColumnTime
{
    /// <summary>The column's value of a time.</summary>
    public static long? ToColumn(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    /// <summary>A time as it is read again after it was kept: what is compared with that must be cut like it.</summary>
    public static DateTimeOffset? Kept(DateTimeOffset? time) => FromColumn(ToColumn(time));

    /// <summary>The time of a column's value.</summary>
    public static DateTimeOffset? FromColumn(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
