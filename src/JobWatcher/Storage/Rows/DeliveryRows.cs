using JobWatcher.Alerting.Receivers.Webhook;
using JobWatcher.Alerts.Deliveries;

namespace JobWatcher.Storage.Rows;

/// <summary>
/// The table <c>deliveries</c>. That a delivery waits for an older one of its alert is written into it, as no time to try:
/// a search for it at each claim would cost more the more there are.
/// </summary>
internal static class DeliveryRows
{
    /// <summary>Finds what may be claimed, those first that have been due longest.</summary>
    public const string Due =
        $"""
        SELECT receiver, alert_id, sequence FROM deliveries
        WHERE receiver = @receiver AND next_try <= @now AND ({IsFree} OR lease_until > @farthest)
        ORDER BY next_try LIMIT @most
        """;

    private const string IsRow = "receiver = @Receiver AND alert_id = @AlertId AND sequence = @Sequence";

    private const string IsFree = "(lease_until IS NULL OR lease_until <= @now)";

    private const string Selected =
        "receiver AS Receiver, alert_id AS AlertId, sequence AS Sequence, created AS Created, attempts AS Attempts, "
        + "lease_until AS LeaseUntil";

    // More than any wait that is asked for, so that only a clock that was set back leads beyond.
    private static readonly TimeSpan FarthestTry = TimeSpan.FromHours(2);

    /// <summary>Writes deliveries.</summary>
    public static Task WriteAsync(StoreSession session, IEnumerable<Delivery> deliveries) => session.ExecuteAsync(
        """
        INSERT INTO deliveries (receiver, alert_id, sequence, created, attempts, next_try)
        SELECT @Receiver, @AlertId, @Sequence, @Created, @Attempts, CASE WHEN EXISTS (
          SELECT 1 FROM deliveries WHERE receiver = @Receiver AND alert_id = @AlertId) THEN NULL ELSE @Created END
        """,
        deliveries.Select(DeliveryColumns.Of));

    /// <summary>Claims deliveries that are due, those first that have been due longest.</summary>
    public static async Task<IReadOnlyList<Delivery>> ClaimAsync(
        StoreSession session, string receiver, int most, DateTimeOffset now, DateTimeOffset leaseUntil)
    {
        var times = new
        {
            receiver,
            most,
            now = ColumnTime.ToColumn(now),
            farthest = ColumnTime.ToColumn(now + FarthestTry),
            leaseUntil = ColumnTime.ToColumn(leaseUntil),
        };
        await session.ExecuteAsync(
            "UPDATE deliveries SET next_try = @now, lease_until = NULL WHERE receiver = @receiver AND next_try > @farthest",
            times);
        var claimed = await session.QueryAsync<DeliveryColumns>(
            $"""
            UPDATE deliveries SET lease_until = @leaseUntil WHERE (receiver, alert_id, sequence) IN (
            {Due})
            RETURNING {Selected}, next_try AS NextTry
            """,
            times);
        return await WithAlertsAsync(session, claimed.OrderBy(row => row.NextTry));
    }

    /// <summary>Writes what became of claimed deliveries.</summary>
    /// <returns>How many are done with.</returns>
    public static async Task<int> SettleAsync(
        StoreSession session, IReadOnlyCollection<SettledDelivery> settled, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            $"""
            UPDATE deliveries SET attempts = @Attempts, next_try = @NextTry, lease_until = NULL, last_error = @LastError
            WHERE {IsRow} AND lease_until = @LeaseUntil
            """,
            settled.Where(one => one.Retry is not null).Select(DeliveryColumns.Of));
        return await DeleteAsync(
            session,
            [.. settled.Where(one => one.Retry is null).Select(one => DeliveryColumns.Of(one.Delivery))],
            " AND lease_until = @LeaseUntil",
            now);
    }

    /// <summary>Takes out deliveries that nobody holds and that were created at a time or before it, the oldest first.</summary>
    public static async Task<IReadOnlyList<Delivery>> ExpireAsync(
        StoreSession session, string receiver, DateTimeOffset createdBefore, int most, DateTimeOffset now)
    {
        var expired = await session.QueryAsync<DeliveryColumns>(
            $"""
            SELECT {Selected} FROM deliveries WHERE receiver = @receiver AND created <= @createdBefore AND {IsFree}
            ORDER BY created, sequence LIMIT @most
            """,
            new { receiver, most, createdBefore = ColumnTime.ToColumn(createdBefore), now = ColumnTime.ToColumn(now) });
        await DeleteAsync(session, expired, "", now);
        return await WithAlertsAsync(session, expired);
    }

    /// <summary>Counts a receiver's deliveries, and tells when the next may be claimed.</summary>
    public static async Task<DeliveryBacklog> ReadBacklogAsync(StoreSession session, string receiver)
    {
        var row = await session.QuerySingleOrDefaultAsync<BacklogColumns>(
            """
            SELECT COUNT(*) AS Count, MIN(CASE WHEN lease_until > next_try THEN lease_until ELSE next_try END) AS NextTry
            FROM deliveries WHERE receiver = @receiver
            """,
            new { receiver });
        return new DeliveryBacklog(row!.Count, ColumnTime.FromColumn(row.NextTry));
    }

    /// <summary>Deletes the deliveries of all receivers but the given.</summary>
    public static Task<int> KeepAsync(StoreSession session, IReadOnlyCollection<string> receivers) =>
        session.ExecuteAsync("DELETE FROM deliveries WHERE receiver NOT IN @receivers", new { receivers });

    private static async Task<int> DeleteAsync(
        StoreSession session, IReadOnlyCollection<DeliveryColumns> rows, string condition, DateTimeOffset now)
    {
        var deleted = await session.ExecuteAsync($"DELETE FROM deliveries WHERE {IsRow}{condition}", rows);
        await session.ExecuteAsync(
            """
            UPDATE deliveries SET next_try = @NextTry
            WHERE receiver = @Receiver AND alert_id = @AlertId AND next_try IS NULL AND NOT EXISTS (
              SELECT 1 FROM deliveries AS older WHERE older.receiver = deliveries.receiver
                AND older.alert_id = deliveries.alert_id AND older.sequence < deliveries.sequence)
            """,
            rows.Select(row => row with { NextTry = ColumnTime.ToColumn(now) }));
        return deleted;
    }

    private static async Task<IReadOnlyList<Delivery>> WithAlertsAsync(
        StoreSession session, IEnumerable<DeliveryColumns> rows)
    {
        var deliveries = rows.ToList();
        var alerts = await AlertRows.ReadAsync(session, [.. deliveries.Select(row => row.AlertId).Distinct()]);
        var byId = alerts.ToDictionary(alert => alert.Id.Value, StringComparer.Ordinal);
        return [.. deliveries.Select(row => row.ToDelivery(byId[row.AlertId]))];
    }

    private sealed record BacklogColumns
    {
        public required long Count { get; init; }

        public long? NextTry { get; init; }
    }
}
