using Dapper;
using JobWatcher.EndToEndTests.Chaos.Run;
using JobWatcher.EndToEndTests.Programs;
using Microsoft.Data.Sqlite;

namespace JobWatcher.EndToEndTests.Chaos.Store;

/// <summary>Reads a store's file behind the watcher's back, after it has gone.</summary>
internal static class StoreReader
{
    private const string Reporter = "log";

    /// <summary>Reads all that a verdict needs, changing nothing.</summary>
    public static StoreContent Read(string path)
    {
        using var connection = Open(path);
        return new StoreContent
        {
            Integrity = Integrity(connection),
            Targets = [.. connection.Query<StoredTarget>("SELECT name AS Name, next_sequence AS NextSequence FROM targets")],
            Transitions =
            [
                .. connection.Query<StoredTransition>(
                    """
                    SELECT target AS Target, sequence AS Sequence, id AS Id, project_id AS ProjectId, region AS Region,
                      job_id AS JobId, job_name AS JobName, status AS Status, process AS Process, instance_id AS InstanceId,
                      instance_name AS InstanceName, instance_status AS InstanceStatus, order_id AS OrderId,
                      created_time AS CreatedTime, ended_time AS EndedTime, fail_reason AS FailReason,
                      from_status AS "From", to_status AS "To", observed AS Observed, labels AS Labels
                    FROM transitions ORDER BY target, sequence
                    """),
            ],
            Counters = Counters(connection),
            Alerts = Alerts(connection),
            Cursors = connection
                .Query<(string Target, long Sequence)>("SELECT target, sequence FROM cursors WHERE reporter = @Reporter", new { Reporter })
                .ToDictionary(cursor => cursor.Target, cursor => cursor.Sequence, StringComparer.Ordinal),
        };
    }

    /// <summary>
    /// Reads what is committed in a store that a process has just left, from a copy of it and of its write-ahead log: the next
    /// process is to find both as they were left. Null before there is a log.
    /// </summary>
    public static CommittedState? ReadCommitted(string path, int process, TempFolder aside)
    {
        string[] copies = [aside.PathOf("copy.db"), aside.PathOf("copy.db-wal"), aside.PathOf("copy.db-shm")];
        Array.ForEach(copies, File.Delete);
        if (!File.Exists(path))
        {
            return null;
        }

        File.Copy(path, copies[0]);
        if (File.Exists(path + "-wal"))
        {
            File.Copy(path + "-wal", copies[1]);
        }

        using var connection = Open(copies[0], SqliteOpenMode.ReadWrite);
        return connection.QuerySingle<long>("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'transitions'") == 0 ? null : new CommittedState(
            process,
            Integrity(connection),
            connection.Query<(string Target, string Id)>("SELECT target, id FROM transitions ORDER BY target, sequence")
                .GroupBy(step => step.Target, StringComparer.Ordinal)
                // Hundreds of copies hold the same identities: one text for each.
                .ToDictionary(steps => steps.Key, IReadOnlyList<string> (steps) => [.. steps.Select(step => string.Intern(step.Id))], StringComparer.Ordinal),
            Counters(connection));
    }

    /// <summary>Reads the alerts, while the watcher lives too.</summary>
    public static IReadOnlyList<StoredAlert> ReadAlerts(string path)
    {
        using var connection = Open(path);
        return Alerts(connection);
    }

    private static string Integrity(SqliteConnection connection) =>
        string.Join('\n', connection.Query<string>("PRAGMA integrity_check"));

    private static List<StoredCounter> Counters(SqliteConnection connection) =>
    [
        .. connection.Query<CounterRow>(
            """
            SELECT target AS Target, job_name AS JobName, from_status AS "From", to_status AS "To", count AS Count,
              seconds AS Seconds
            FROM counters
            """)
            .Select(row => new StoredCounter(new CounterName(row.Target, row.JobName, row.From, row.To), row.Count, row.Seconds)),
    ];

    private static List<StoredAlert> Alerts(SqliteConnection connection) =>
    [
        .. connection.Query<StoredAlert>(
            """
            SELECT id AS Id, target AS Target, rule AS Rule, job_id AS JobId, observed AS Observed, ended AS Ended,
              end_reason AS EndReason, accepted AS Accepted
            FROM alerts LEFT JOIN alert_posts ON alert_id = id AND receiver = @Receiver
            ORDER BY observed, id
            """,
            new { Receiver = ChaosConfiguration.Alertmanager }),
    ];

    private static SqliteConnection Open(string path, SqliteOpenMode mode = SqliteOpenMode.ReadOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }

    private sealed record CounterRow(string Target, string JobName, string From, string To, long Count, double Seconds);
}
