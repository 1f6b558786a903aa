namespace JobWatcher.Storage.Rows;

/// <summary>
/// How a target that is watched no more leaves the store (rules C5 and D7): first it starts anew, which drops its
/// snapshot and refuses whoever still polls it; then its log is pruned; last its row goes with all that hangs on it. At each
/// point in between it can come back as a target that is seen for the first time.
/// </summary>
internal static class TargetRetirement
{
    // A target that was never answered has nothing to keep but a log from before it changed its project.
    private const string IsDue =
        """
        name = @target
          AND COALESCE(
            last_answered,
            (SELECT observed FROM transitions WHERE target = name AND sequence = next_sequence - 1),
            failing_since,
            0) < @before
          AND NOT EXISTS (SELECT 1 FROM cursors WHERE cursors.target = name AND sequence < next_sequence - 1)
        """;

    /// <summary>
    /// Lets a target start anew whose last answered poll is older than a time, and whose log is reported to its end.
    /// </summary>
    public static async Task BeginAsync(StoreSession session, string target, DateTimeOffset answeredBefore)
    {
        var isDue = await session.QuerySingleOrDefaultAsync<long>(
            $"SELECT COUNT(*) FROM targets WHERE {IsDue}", Parameters(target, answeredBefore));
        if (isDue > 0 && await TargetRows.ReadAsync(session, target) is { } record)
        {
            await TargetRows.RestartAsync(session, record.Anew(record.ProjectId, record.Region));
        }
    }

    /// <summary>Removes a target that has begun to leave, once nothing is left of its log.</summary>
    /// <returns>Whether it is gone.</returns>
    public static async Task<bool> EndAsync(StoreSession session, string target, DateTimeOffset answeredBefore)
    {
        var isLeft = await session.QuerySingleOrDefaultAsync<long>(
            $"""
            SELECT COUNT(*) FROM targets WHERE {IsDue}
              AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.target = name)
              AND NOT EXISTS (SELECT 1 FROM transitions WHERE transitions.target = name)
            """,
            Parameters(target, answeredBefore));
        if (isLeft == 0)
        {
            return false;
        }

        await session.ExecuteAsync("DELETE FROM counters WHERE target = @target", new { target });
        await session.ExecuteAsync(
            "DELETE FROM deliveries WHERE alert_id IN (SELECT id FROM alerts WHERE target = @target)", new { target });
        await session.ExecuteAsync("DELETE FROM alerts WHERE target = @target", new { target });
        await session.ExecuteAsync("DELETE FROM cursors WHERE target = @target", new { target });
        await session.ExecuteAsync("DELETE FROM targets WHERE name = @target", new { target });
        return true;
    }

    private static object Parameters(string target, DateTimeOffset answeredBefore) =>
        new { target, before = ColumnTime.ToColumn(answeredBefore) };
}
