using Dapper;
using JobWatcher.Alerts;

namespace JobWatcher.Storage.Rows;

/// <summary>The table <c>alerts</c>: each alert from its start on, whether it fires or has ended.</summary>
internal static class AlertRows
{
    private const string Selected =
        "SELECT " + JobColumns.Selected + ", id AS Id, target AS Target, rule AS Rule, severity AS Severity, "
        + "labels AS Labels, annotations AS Annotations, started AS Started, observed AS Observed, ended AS Ended, "
        + "end_reason AS EndReason, end_seen AS EndSeen, start_told AS StartTold, shown AS Shown FROM alerts ";

    /// <summary>Reads a target's alerts that fire, the oldest first.</summary>
    public static Task<IReadOnlyList<Alert>> ReadFiringAsync(StoreSession session, string target) => QueryAsync(
        session, "WHERE target = @target AND ended IS NULL ORDER BY observed, id", new { target }, (alert, _) => alert);

    /// <summary>Reads all that fire or whose end was seen after a time, the oldest first.</summary>
    public static Task<IReadOnlyList<Alert>> ReadAsync(StoreSession session, DateTimeOffset endSeenAfter) => QueryAsync(
        session,
        "WHERE ended IS NULL OR end_seen > @endSeenAfter ORDER BY observed, id",
        new { endSeenAfter = ColumnTime.ToColumn(endSeenAfter) },
        (alert, _) => alert);

    /// <summary>Reads those of the given ids.</summary>
    public static Task<IReadOnlyList<Alert>> ReadAsync(StoreSession session, IReadOnlyCollection<string> ids) =>
        QueryAsync(session, "WHERE id IN @ids", new { ids }, (alert, _) => alert);

    /// <summary>Reads those of which the log has not told all, the oldest first.</summary>
    public static Task<IReadOnlyList<UntoldAlert>> ReadUntoldAsync(StoreSession session, int limit) => QueryAsync(
        session,
        "WHERE NOT end_told AND (NOT start_told OR ended IS NOT NULL) ORDER BY observed, id LIMIT @limit",
        new { limit },
        (alert, isStartTold) => new UntoldAlert(alert, isStartTold));

    /// <summary>Writes alerts that start.</summary>
    public static Task StartAsync(StoreSession session, IReadOnlyList<Alert> alerts) => session.ExecuteAsync(
        $"""
        INSERT INTO alerts (
          id, target, rule, severity, labels, annotations, {JobColumns.Names}, started, observed,
          start_told, end_told, shown)
        VALUES (
          @Id, @Target, @Rule, @Severity, @Labels, @Annotations, {JobColumns.Values}, @Started, @Observed,
          @IsDone, @IsDone, @IsDone)
        """,
        alerts.Select(Parameters));

    /// <summary>Ends alerts that fire; one that has ended stays as it is.</summary>
    public static Task EndAsync(StoreSession session, IReadOnlyList<Alert> alerts) => session.ExecuteAsync(
        "UPDATE alerts SET ended = @Ended, end_reason = @EndReason, end_seen = @EndSeen WHERE id = @Id AND ended IS NULL",
        alerts.Select(AlertColumns.Of));

    /// <summary>The log has told these, as far as they were read.</summary>
    public static Task<int> MarkToldAsync(StoreSession session, IReadOnlyCollection<UntoldAlert> alerts) =>
        session.ExecuteAsync(
            "UPDATE alerts SET start_told = @IsTold, end_told = @IsEndTold WHERE id = @Id",
            alerts.Select(told => new { Id = told.Alert.Id.Value, IsTold = true, IsEndTold = !told.Alert.IsFiring }));

    /// <summary>A scrape has shown these.</summary>
    public static Task<int> MarkShownAsync(StoreSession session, IReadOnlyCollection<AlertId> alerts) =>
        session.ExecuteAsync(
            "UPDATE alerts SET shown = @IsShown WHERE id = @Id",
            alerts.Select(alert => new { Id = alert.Value, IsShown = true }));

    /// <summary>Deletes a target's alerts whose end was seen before a time and told, to webhooks too.</summary>
    public static Task<int> ForgetAsync(StoreSession session, string target, DateTimeOffset endSeenBefore) =>
        session.ExecuteAsync(
            """
            DELETE FROM alerts WHERE target = @target AND end_seen < @before AND end_told
              AND NOT EXISTS (SELECT 1 FROM deliveries WHERE alert_id = id)
            """,
            new { target, before = ColumnTime.ToColumn(endSeenBefore) });

    private static Task<IReadOnlyList<T>> QueryAsync<T>(
        StoreSession session, string condition, object parameters, Func<Alert, bool, T> map) =>
        session.QueryAsync<JobColumns, AlertColumns, T>(
            Selected + condition,
            parameters,
            (job, alert) => map(alert.ToAlert(job), alert.StartTold),
            splitOn: nameof(AlertColumns.Id));

    private static DynamicParameters Parameters(Alert alert)
    {
        var parameters = new DynamicParameters(
            alert.Job is { } job ? JobColumns.Of(job) : new JobColumns { JobId = "", JobName = "", Status = "" });
        parameters.AddDynamicParams(AlertColumns.Of(alert));
        parameters.AddDynamicParams(new { IsDone = false });
        return parameters;
    }
}
