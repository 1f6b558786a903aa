using Dapper;
using JobWatcher.EndToEndTests.Chaos.Run;
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
            Integrity = string.Join('\n', connection.Query<string>("PRAGMA integrity_check")),
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
            Counters =
            [
                .. connection.Query<CounterRow>(
                    """
                    SELECT target AS Target, job_name AS JobName, from_status AS "From", to_status AS "To", count AS Count,
                      seconds AS Seconds
                    FROM counters
                    """)
                    .Select(row => new StoredCounter(new CounterName(row.Target, row.JobName, row.From, row.To), row.Count, row.Seconds)),
            ],
            Alerts = Alerts(connection),
            Cursors = connection
                .Query<(string Target, long Sequence)>("SELECT target, sequence FROM cursors WHERE reporter = @Reporter", new { Reporter })
                .ToDictionary(cursor => cursor.Target, cursor => cursor.Sequence, StringComparer.Ordinal),
        };
    }

    /// <summary>Reads the alerts, while the watcher lives too.</summary>
    public static IReadOnlyList<StoredAlert> ReadAlerts(string path)
    {
        using var connection = Open(path);
        return Alerts(connection);
    }

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

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }

    private sealed record CounterRow(string Target, string JobName, string From, string To, long Count, double Seconds);
}
