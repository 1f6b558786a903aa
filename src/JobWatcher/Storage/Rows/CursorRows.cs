namespace JobWatcher.Storage.Rows;

/// <summary>The table <c>cursors</c>: how far each reporter has come in each target's log.</summary>
internal static class CursorRows
{
    /// <summary>Reads which reporters have a cursor in a target's log.</summary>
    public static Task<IReadOnlyList<string>> ReadReportersAsync(StoreSession session, string target) =>
        session.QueryAsync<string>("SELECT reporter FROM cursors WHERE target = @target", new { target });

    /// <summary>
    /// Creates a reporter's cursor at the log's end, which is 0 for a new target: a reporter added later starts at the
    /// present (rule R3). One that exists stays.
    /// </summary>
    public static Task CreateAsync(StoreSession session, string target, IEnumerable<string> reporters) =>
        session.ExecuteAsync(
            """
            INSERT INTO cursors (reporter, target, sequence)
            SELECT @reporter, name, next_sequence - 1 FROM targets WHERE name = @target
            ON CONFLICT (reporter, target) DO NOTHING
            """,
            reporters.Select(reporter => new { reporter, target }));

    /// <summary>Reads where every target's log stands for a reporter, by target.</summary>
    public static async Task<IReadOnlyList<ReportCursor>> ReadAsync(StoreSession session, string reporter)
    {
        var rows = await session.QueryAsync<CursorColumns>(
            """
            SELECT cursors.target AS Target, cursors.sequence AS Sequence, targets.next_sequence AS NextSequence
            FROM cursors JOIN targets ON targets.name = cursors.target
            WHERE cursors.reporter = @reporter ORDER BY cursors.target
            """,
            new { reporter });
        return [.. rows.Select(row => new ReportCursor(row.Target, row.Sequence, row.NextSequence - 1))];
    }

    /// <summary>Moves a cursor forward; never back.</summary>
    public static Task<int> MoveAsync(StoreSession session, string reporter, string target, long sequence) =>
        session.ExecuteAsync(
            """
            UPDATE cursors SET sequence = @sequence
            WHERE reporter = @reporter AND target = @target AND sequence < @sequence
            """,
            new { reporter, target, sequence });

    private sealed record CursorColumns
    {
        public required string Target { get; init; }

        public required long Sequence { get; init; }

        public required long NextSequence { get; init; }
    }
}
