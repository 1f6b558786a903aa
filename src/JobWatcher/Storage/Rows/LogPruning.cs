namespace JobWatcher.Storage.Rows;

/// <summary>Takes old steps out of the logs, and then old alerts (rule C5). A log is gone through in stretches, each a short transaction.</summary>
internal static class LogPruning
{
    /// <summary>
    /// Deletes the old steps among the next <paramref name="length"/> of a target's log. It spares those that a reporter
    /// has not passed, and those of jobs that the store still knows: from them rule D6 counts how often a job made a step.
    /// </summary>
    /// <param name="session">The transaction.</param>
    /// <param name="target">The target.</param>
    /// <param name="observedBefore">Younger steps stay.</param>
    /// <param name="afterSequence">The end of the last stretch; 0 for the first.</param>
    /// <param name="length">How many steps are looked at.</param>
    /// <returns>The stretch's last sequence; null at the log's end.</returns>
    public static async Task<long?> PruneAsync(
        StoreSession session, string target, DateTimeOffset observedBefore, long afterSequence, int length)
    {
        // By sequence rather than by time: clocks jump, so the steps of a log need not be in the order of their times.
        var lastSequence = await session.QuerySingleOrDefaultAsync<long?>(
            """
            SELECT MAX(sequence) FROM (
              SELECT sequence FROM transitions WHERE target = @target AND sequence > @afterSequence
              ORDER BY sequence LIMIT @length) AS stretch
            """,
            new { target, afterSequence, length });
        if (lastSequence is null)
        {
            await AlertRows.ForgetAsync(session, target, observedBefore);
            return null;
        }

        await session.ExecuteAsync(
            """
            DELETE FROM transitions
            WHERE target = @target AND sequence > @afterSequence AND sequence <= @lastSequence
              AND observed < @before
              AND sequence <= (SELECT MIN(sequence) FROM cursors WHERE cursors.target = @target)
              AND NOT EXISTS (
                SELECT 1 FROM jobs WHERE jobs.target = transitions.target AND jobs.job_id = transitions.job_id)
            """,
            new { target, afterSequence, lastSequence, before = ColumnTime.ToColumn(observedBefore) });
        return lastSequence;
    }
}
