using JobWatcher.Alerts;

namespace JobWatcher.Storage.Rows;

/// <summary>The tables <c>receivers</c> and <c>alert_posts</c>: who is told of alerts, and when each first took one.</summary>
internal static class PostRows
{
    /// <summary>Makes receivers known, forgets all others, and reads since which end each is told.</summary>
    public static async Task<IReadOnlyDictionary<string, DateTimeOffset>> TakeUpAsync(
        StoreSession session, IReadOnlyCollection<string> names)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO receivers (name, since)
            SELECT @name, COALESCE(MAX(end_seen), 0) FROM alerts WHERE 1 = 1
            ON CONFLICT (name) DO NOTHING
            """,
            names.Select(name => new { name }));
        var known = await session.QueryAsync<ReceiverColumns>("SELECT name AS Name, since AS Since FROM receivers", new { });
        var others = known.Where(receiver => !names.Contains(receiver.Name)).Select(receiver => new { name = receiver.Name }).ToList();
        await session.ExecuteAsync("DELETE FROM alert_posts WHERE receiver = @name", others);
        await session.ExecuteAsync("DELETE FROM receivers WHERE name = @name", others);
        return known.Where(receiver => names.Contains(receiver.Name)).ToDictionary(
            receiver => receiver.Name, receiver => ColumnTime.FromColumn(receiver.Since)!.Value, StringComparer.Ordinal);
    }

    /// <summary>Makes a row and takes it away: what a statement leaves as it was is not written at all.</summary>
    public static async Task CheckWriteAsync(StoreSession session)
    {
        // No receiver is called so.
        var row = new { name = "" };
        await session.ExecuteAsync("INSERT INTO receivers (name, since) VALUES (@name, 0)", row);
        await session.ExecuteAsync("DELETE FROM receivers WHERE name = @name", row);
    }

    /// <summary>Reads when a receiver first took each alert.</summary>
    public static async Task<IReadOnlyDictionary<AlertId, DateTimeOffset>> ReadAsync(StoreSession session, string receiver)
    {
        var rows = await session.QueryAsync<PostColumns>(
            "SELECT alert_id AS AlertId, accepted AS Accepted FROM alert_posts WHERE receiver = @receiver", new { receiver });
        return rows.ToDictionary(row => new AlertId(row.AlertId), row => ColumnTime.FromColumn(row.Accepted)!.Value);
    }

    /// <summary>A receiver took alerts; the first time of each stays.</summary>
    public static Task<int> MarkAsync(
        StoreSession session, string receiver, IReadOnlyDictionary<AlertId, DateTimeOffset> accepted) =>
        session.ExecuteAsync(
            """
            INSERT INTO alert_posts (receiver, alert_id, accepted) VALUES (@receiver, @id, @time)
            ON CONFLICT (receiver, alert_id) DO NOTHING
            """,
            accepted.Select(post => new { receiver, id = post.Key.Value, time = ColumnTime.ToColumn(post.Value) }));

    /// <summary>Deletes what is known of alerts that ended long ago or are gone.</summary>
    public static Task<int> ForgetAsync(StoreSession session, DateTimeOffset endSeenBefore) => session.ExecuteAsync(
        """
        DELETE FROM alert_posts WHERE NOT EXISTS (
          SELECT 1 FROM alerts WHERE alerts.id = alert_posts.alert_id AND (end_seen IS NULL OR end_seen >= @endSeenBefore))
        """,
        new { endSeenBefore = ColumnTime.ToColumn(endSeenBefore) });

    private sealed record ReceiverColumns
    {
        public required string Name { get; init; }

        public required long Since { get; init; }
    }

    private sealed record PostColumns
    {
        public required string AlertId { get; init; }

        public required long Accepted { get; init; }
    }
}
