
namespace JobWatcher.Storage.Rows;

/// <summary>The table <c>targets</c>, whose column <c>version</c> is the fence (rule C2).</summary>
internal static class TargetRows
{
    /// <summary>Reads a target's row; null where there is none.</summary>
    public static async Task<TargetRecord?> ReadAsync(StoreSession session, string name) =>
        (await session.QuerySingleOrDefaultAsync<TargetColumns>(
            """
            SELECT name AS Name, version AS Version, project_id AS ProjectId, region AS Region,
              watch_from AS WatchFrom, bookmark AS Bookmark, last_full_listing AS LastFullListing,
              windows_unreliable_since AS WindowsUnreliableSince, last_answered AS LastAnswered,
              cloud_ahead AS CloudAhead, last_complete AS LastComplete, failing_since AS FailingSince,
              outage_reported AS OutageReported
            FROM targets WHERE name = @name
            """,
            new { name }))?.ToRecord();

    /// <summary>Creates the row of a target that nobody has watched yet.</summary>
    public static async Task<TargetRecord> CreateAsync(
        StoreSession session, string name, string projectId, string region)
    {
        var target = new TargetRecord { Name = name, ProjectId = projectId, Region = region };
        await session.ExecuteAsync(
            """
            INSERT INTO targets (name, version, project_id, region, outage_reported, next_sequence)
            VALUES (@Name, @Version, @ProjectId, @Region, @OutageReported, 1)
            """,
            TargetColumns.Of(target));
        return target;
    }

    /// <summary>Lets a target start anew with a row of <see cref="TargetRecord.Anew"/> (rule D7).</summary>
    public static async Task RestartAsync(StoreSession session, TargetRecord anew)
    {
        await session.ExecuteAsync(
            """
            UPDATE targets SET version = @Version, project_id = @ProjectId, region = @Region, watch_from = NULL,
              bookmark = NULL, last_full_listing = NULL, windows_unreliable_since = NULL, last_answered = NULL,
              cloud_ahead = NULL, last_complete = NULL, failing_since = @FailingSince, outage_reported = @OutageReported
            WHERE name = @Name
            """,
            TargetColumns.Of(anew));
        await JobRows.DropAsync(session, anew.Name);
    }

    /// <summary>
    /// Writes a target's row for a commit, if the row still has the version that the commit names, and reserves its
    /// transitions' places in the log.
    /// </summary>
    /// <returns>The sequence of the commit's first transition; null when the fence refuses.</returns>
    public static async Task<long?> PassFenceAsync(StoreSession session, TargetRecord target, int transitions)
    {
        var nextSequence = await session.QuerySingleOrDefaultAsync<long?>(
            """
            UPDATE targets SET version = version + 1, watch_from = @WatchFrom, bookmark = @Bookmark,
              last_full_listing = @LastFullListing, windows_unreliable_since = @WindowsUnreliableSince,
              last_answered = @LastAnswered, cloud_ahead = @CloudAhead, last_complete = @LastComplete,
              failing_since = @FailingSince, outage_reported = @OutageReported,
              next_sequence = next_sequence + @Transitions
            WHERE name = @Name AND version = @Version
            RETURNING next_sequence
            """,
            TargetColumns.Of(target) with { Transitions = transitions });
        return nextSequence - transitions;
    }

    /// <summary>Reads the names of all targets.</summary>
    public static Task<IReadOnlyList<string>> ReadNamesAsync(StoreSession session) =>
        session.QueryAsync<string>("SELECT name FROM targets ORDER BY name");

    /// <summary>Reads the names of all targets of which the store holds anything: one whose project was never found has alerts, but no row.</summary>
    public static Task<IReadOnlyList<string>> ReadKeptNamesAsync(StoreSession session) =>
        session.QueryAsync<string>("SELECT name FROM targets UNION SELECT target FROM alerts ORDER BY 1");

    /// <summary>Locks a target's row until the transaction ends, if it has the version.</summary>
    /// <returns>Whether it has, or exists where no version is named.</returns>
    public static async Task<bool> LockAsync(StoreSession session, string name, long? version) =>
        await session.ExecuteAsync(
            "UPDATE targets SET version = version WHERE name = @name AND (@version IS NULL OR version = @version)",
            new { name, version }) > 0;

    /// <summary>Counts the targets.</summary>
    public static Task<long> CountAsync(StoreSession session) =>
        session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM targets");

    /// <summary>The row that a commit leaves behind.</summary>
    public static TargetRecord After(TargetRecord target) =>
        (TargetColumns.Of(target) with { Version = target.Version + 1 }).ToRecord();

    private sealed record TargetColumns
    {
        public required string Name { get; init; }

        public required long Version { get; init; }

        public required string ProjectId { get; init; }

        public required string Region { get; init; }

        public long? WatchFrom { get; init; }

        public long? Bookmark { get; init; }

        public long? LastFullListing { get; init; }

        public long? WindowsUnreliableSince { get; init; }

        public long? LastAnswered { get; init; }

        public long? CloudAhead { get; init; }

        public long? LastComplete { get; init; }

        public long? FailingSince { get; init; }

        public bool OutageReported { get; init; }

        public int Transitions { get; init; }

        public static TargetColumns Of(TargetRecord target) => new()
        {
            Name = target.Name,
            Version = target.Version,
            ProjectId = target.ProjectId,
            Region = target.Region,
            WatchFrom = ColumnTime.ToColumn(target.WatchFrom),
            Bookmark = ColumnTime.ToColumn(target.Bookmark),
            LastFullListing = ColumnTime.ToColumn(target.LastFullListing),
            WindowsUnreliableSince = ColumnTime.ToColumn(target.WindowsUnreliableSince),
            LastAnswered = ColumnTime.ToColumn(target.LastAnswered),
            CloudAhead = (long?)target.CloudAhead?.TotalMilliseconds,
            LastComplete = ColumnTime.ToColumn(target.LastComplete),
            FailingSince = ColumnTime.ToColumn(target.FailingSince),
            OutageReported = target.OutageReported,
        };

        public TargetRecord ToRecord() => new()
        {
            Name = Name,
            Version = Version,
            ProjectId = ProjectId,
            Region = Region,
            WatchFrom = ColumnTime.FromColumn(WatchFrom),
            Bookmark = ColumnTime.FromColumn(Bookmark),
            LastFullListing = ColumnTime.FromColumn(LastFullListing),
            WindowsUnreliableSince = ColumnTime.FromColumn(WindowsUnreliableSince),
            LastAnswered = ColumnTime.FromColumn(LastAnswered),
            CloudAhead = CloudAhead is { } ahead ? TimeSpan.FromMilliseconds(ahead) : null,
            LastComplete = ColumnTime.FromColumn(LastComplete),
            FailingSince = ColumnTime.FromColumn(FailingSince),
            OutageReported = OutageReported,
        };
    }
}
