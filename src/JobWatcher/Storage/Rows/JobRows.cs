using Dapper;
using JobWatcher.Snapshots;

namespace JobWatcher.Storage.Rows;

/// <summary>The table <c>jobs</c>: the snapshots, and what is remembered of jobs that are listed no more.</summary>
internal static class JobRows
{
    // SQLite and PostgreSQL both bound the parameters of a statement, at 32,766 and 65,535.
    private const int IdsAtOnce = 1_000;

    private const string Selected =
        "SELECT " + JobColumns.Selected + ", missed AS Missed, status_since AS StatusSince, "
        + "gone_since AS GoneSince, vanished AS Vanished FROM jobs WHERE target = @target ";

    /// <summary>Writes the rows of jobs, new or known.</summary>
    public static Task WriteAsync(StoreSession session, string target, IReadOnlyList<JobSnapshot> jobs) =>
        session.ExecuteAsync(
            $"""
            INSERT INTO jobs (target, {JobColumns.Names}, status_since, missed, gone_since, vanished)
            VALUES (@Target, {JobColumns.Values}, @StatusSince, @Missed, @GoneSince, @Vanished)
            ON CONFLICT (target, job_id) DO UPDATE SET
              job_name = excluded.job_name, status = excluded.status, process = excluded.process,
              instance_id = excluded.instance_id, instance_name = excluded.instance_name,
              instance_status = excluded.instance_status, order_id = excluded.order_id,
              created_time = excluded.created_time, ended_time = excluded.ended_time,
              fail_reason = excluded.fail_reason, status_since = excluded.status_since,
              missed = excluded.missed, gone_since = excluded.gone_since, vanished = excluded.vanished
            """,
            jobs.Select(job => Parameters(target, job)));

    /// <summary>Reads the jobs that are still listed.</summary>
    public static Task<IReadOnlyList<JobSnapshot>> ReadListedAsync(StoreSession session, string target) =>
        QueryAsync(session, Selected + "AND gone_since IS NULL", new { target });

    /// <summary>Reads those of the given jobs that are gone.</summary>
    public static async Task<IReadOnlyDictionary<string, JobSnapshot>> ReadGoneAsync(
        StoreSession session, string target, IReadOnlyCollection<string> jobIds)
    {
        var gone = new Dictionary<string, JobSnapshot>(StringComparer.Ordinal);
        foreach (var ids in jobIds.Chunk(IdsAtOnce))
        {
            var rows = await QueryAsync(
                session, Selected + "AND gone_since IS NOT NULL AND job_id IN @ids", new { target, ids });
            foreach (var row in rows)
            {
                gone.Add(row.Job.JobId, row);
            }
        }

        return gone;
    }

    /// <summary>Deletes all rows of a target.</summary>
    public static Task DropAsync(StoreSession session, string target) =>
        session.ExecuteAsync("DELETE FROM jobs WHERE target = @target", new { target });

    /// <summary>Deletes up to <paramref name="limit"/> rows of jobs that went before a time.</summary>
    public static Task<int> ForgetAsync(StoreSession session, string target, DateTimeOffset goneBefore, int limit) =>
        session.ExecuteAsync(
            """
            DELETE FROM jobs WHERE target = @target AND job_id IN (
              SELECT job_id FROM jobs WHERE target = @target AND gone_since < @goneBefore LIMIT @limit)
            """,
            new { target, goneBefore = ColumnTime.ToColumn(goneBefore), limit });

    private static Task<IReadOnlyList<JobSnapshot>> QueryAsync(StoreSession session, string sql, object parameters) =>
        session.QueryAsync<JobColumns, StateColumns, JobSnapshot>(
            sql, parameters, (job, state) => state.ToSnapshot(job), splitOn: nameof(StateColumns.Missed));

    private static DynamicParameters Parameters(string target, JobSnapshot job)
    {
        var parameters = new DynamicParameters(JobColumns.Of(job.Job));
        parameters.AddDynamicParams(new
        {
            Target = target,
            job.Missed,
            StatusSince = ColumnTime.ToColumn(job.StatusSince),
            GoneSince = ColumnTime.ToColumn(job.GoneSince),
            job.Vanished,
        });
        return parameters;
    }

    private sealed record StateColumns
    {
        public int Missed { get; init; }

        public long? StatusSince { get; init; }

        public long? GoneSince { get; init; }

        public bool Vanished { get; init; }

        public JobSnapshot ToSnapshot(JobColumns job) => new()
        {
            Job = job.ToJob(),
            Missed = Missed,
            StatusSince = ColumnTime.FromColumn(StatusSince),
            GoneSince = ColumnTime.FromColumn(GoneSince),
            Vanished = Vanished,
        };
    }
}
