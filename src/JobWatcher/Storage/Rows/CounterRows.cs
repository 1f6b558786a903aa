namespace JobWatcher.Storage.Rows;

/// <summary>The table <c>counters</c>: what the log adds up to, for good.</summary>
internal static class CounterRows
{
    /// <summary>Adds to counters, which start at 0.</summary>
    public static Task AddAsync(
        StoreSession session, string target, IReadOnlyDictionary<CounterKey, CounterValue> increments) =>
        session.ExecuteAsync(
            """
            INSERT INTO counters (target, job_name, from_status, to_status, count, seconds)
            VALUES (@Target, @JobName, @FromStatus, @ToStatus, @Count, @Seconds)
            ON CONFLICT (target, job_name, from_status, to_status) DO UPDATE SET
              count = counters.count + excluded.count, seconds = counters.seconds + excluded.seconds
            """,
            increments.Select(increment => new CounterColumns
            {
                Target = target,
                JobName = increment.Key.JobName,
                FromStatus = increment.Key.From,
                ToStatus = increment.Key.To,
                Count = increment.Value.Count,
                Seconds = increment.Value.Seconds,
            }));

    /// <summary>Reads a target's counters.</summary>
    public static async Task<IReadOnlyDictionary<CounterKey, CounterValue>> ReadAsync(
        StoreSession session, string target)
    {
        var rows = await session.QueryAsync<CounterColumns>(
            """
            SELECT target AS Target, job_name AS JobName, from_status AS FromStatus, to_status AS ToStatus,
              count AS Count, seconds AS Seconds
            FROM counters WHERE target = @target
            """,
            new { target });
        return rows.ToDictionary(
            row => new CounterKey(row.JobName, row.FromStatus, row.ToStatus),
            row => new CounterValue(row.Count, row.Seconds));
    }

    private sealed record CounterColumns
    {
        public required string Target { get; init; }

        public required string JobName { get; init; }

        public required string FromStatus { get; init; }

        public required string ToStatus { get; init; }

        public required long Count { get; init; }

        public required double Seconds { get; init; }
    }
}
