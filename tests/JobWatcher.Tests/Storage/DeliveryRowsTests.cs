using System.Globalization;
using Dapper;
using JobWatcher.Alerting.Receivers.Webhook;
using JobWatcher.Alerts;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.Storage;
using JobWatcher.Storage.Rows;
using JobWatcher.Storage.Sqlite;
using static JobWatcher.Tests.Storage.Make;

namespace JobWatcher.Tests.Storage;

/// <summary>The outbox of webhooks in the store.</summary>
public sealed class DeliveryRowsTests : IAsyncLifetime
{
    private const string Hook = "hook";

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly TempStore _folder = new();
    private SqliteWatchStore _store = null!;
    private DateTimeOffset _now;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _folder.Outbox.Webhooks = [Hook];
        _store = (SqliteWatchStore)await _folder.OpenAsync();
        await _store.ReadTargetAsync();
        _now = DateTimeOffset.UtcNow.AddMinutes(1);
    }

    public async ValueTask DisposeAsync() => await _folder.DisposeAsync();

    [Fact]
    public async Task A7_Each_change_of_an_alert_owes_each_webhook_one_delivery_in_its_commit()
    {
        _folder.Outbox.Webhooks = [Hook, "other"];
        await StartAsync("a");
        await EndAsync();

        Assert.Equal(2, (await BacklogAsync()).Count);
        Assert.Equal(2, (await BacklogAsync("other")).Count);
        var claimed = (await ClaimAsync()).Single();
        Assert.Equal((Hook, DeliveryKind.Firing, 0), (claimed.Key.Receiver, claimed.Key.Kind, claimed.Attempts));
    }

    [Fact]
    public async Task A7_A_commit_that_is_refused_owes_nothing()
    {
        var target = await _store.ReadTargetAsync();
        await _store.CommitAsync(new PollCommit { Target = target, Jobs = [Snapshot()] });

        var refused = await _store.CommitAsync(new PollCommit
        {
            Target = target, Alerts = _ => new AlertChanges([FailedAlert("a")], []),
        });

        Assert.Null(refused.Target);
        Assert.Equal(0, (await BacklogAsync()).Count);
    }

    [Fact]
    public async Task A7_Only_the_oldest_delivery_of_an_alert_can_be_claimed()
    {
        await StartAsync("a");
        await EndAsync();

        var first = await ClaimAsync();
        Assert.Empty(await ClaimAsync());
        await SettleAsync(Done(first));
        var second = await ClaimAsync();
        await SettleAsync(Done(second));

        Assert.Equal(["a firing", "a resolved"], first.Concat(second).Select(Tell));
        Assert.Equal(new DeliveryBacklog(0, NextTry: null), await BacklogAsync());
    }

    [Fact]
    public async Task A7_An_end_waits_while_the_start_is_tried_again()
    {
        await StartAsync("a");
        await EndAsync();

        await SettleAsync(Again(await ClaimAsync(), _now.AddMinutes(10)));

        Assert.Empty(await ClaimAsync(_now.AddMinutes(9)));
        Assert.Equal(["a firing"], (await ClaimAsync(_now.AddMinutes(10))).Select(Tell));
    }

    [Fact]
    public async Task A_delivery_of_a_start_tells_the_alert_as_it_was_then()
    {
        await StartAsync("a");
        await EndAsync();

        var start = (await ClaimAsync()).Single();
        await SettleAsync(Done([start]));
        var end = (await ClaimAsync()).Single();

        Assert.Equal((null, null), (start.Alert.EndedTime, start.Alert.EndReason));
        Assert.Equal((Noon.AddMinutes(30), EndReason.Completed), (end.Alert.EndedTime, end.Alert.EndReason));
    }

    [Fact]
    public async Task A_claim_holds_until_its_lease_runs_out()
    {
        await StartAsync("a");
        await ClaimAsync();

        Assert.Empty(await ClaimAsync(_now + Lease - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(["a firing"], (await ClaimAsync(_now + Lease)).Select(Tell));
    }

    [Fact]
    public async Task Whoever_lost_the_lease_settles_nothing()
    {
        await StartAsync("a");
        var lost = await ClaimAsync();
        var current = await ClaimAsync(_now + Lease);

        await SettleAsync(Done(lost));
        Assert.Equal(1, (await BacklogAsync()).Count);
        await SettleAsync(Again(lost, _now));
        Assert.Empty(await ClaimAsync(_now + Lease));

        await SettleAsync(Done(current));
        Assert.Equal(0, (await BacklogAsync()).Count);
    }

    [Fact]
    public async Task Another_attempt_knows_how_many_failed_and_comes_not_before_its_time()
    {
        await StartAsync("a");
        await SettleAsync(Again(await ClaimAsync(), _now.AddHours(1)));

        Assert.Equal(
            new DeliveryBacklog(1, DateTimeOffset.FromUnixTimeMilliseconds(_now.AddHours(1).ToUnixTimeMilliseconds())),
            await BacklogAsync());
        Assert.Empty(await ClaimAsync(_now.AddMinutes(59)));
        Assert.Equal(1, (await ClaimAsync(_now.AddHours(1))).Single().Attempts);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_puts_nothing_out_of_reach()
    {
        await StartAsync("a", "b");
        var claimed = await ClaimAsync(_now.AddDays(300), most: 1);
        await SettleAsync(Again(claimed, _now.AddDays(300)));
        await ClaimAsync(_now.AddDays(300), most: 1);

        Assert.Equal(["a firing", "b firing"], (await ClaimAsync()).Select(Tell).Order());
    }

    [Fact]
    public async Task What_is_old_is_taken_out_and_lets_the_next_one_go()
    {
        await StartAsync("a", "b");
        var held = await ClaimAsync(most: 1);
        await EndAsync();
        var before = _now.AddDays(1);

        var expired = await _store.ExpireDeliveriesAsync(Hook, before, most: 1, _now, Token);

        Assert.Equal(["b firing"], expired.Select(Tell));
        Assert.Equal(["a firing"], held.Select(Tell));
        Assert.Equal(["b resolved"], (await ClaimAsync()).Select(Tell));
        Assert.Empty(await _store.ExpireDeliveriesAsync(Hook, _now.AddDays(-1), most: 10, _now, Token));
    }

    [Fact]
    public async Task Deliveries_of_webhooks_that_are_gone_go()
    {
        _folder.Outbox.Webhooks = [Hook, "other"];
        await StartAsync("a");

        await _store.KeepDeliveriesOfAsync([Hook], Token);

        Assert.Equal((1, 0), ((await BacklogAsync()).Count, (await BacklogAsync("other")).Count));
    }

    [Fact]
    public async Task What_is_due_is_found_by_an_index_however_much_waits()
    {
        await StartAsync([.. Enumerable.Range(0, 1_000).Select(i => i.ToString(CultureInfo.InvariantCulture))]);
        await EndAsync();

        var claimed = 0;
        while (await ClaimAsync(most: 100) is { Count: > 0 } batch)
        {
            claimed += batch.Count;
            await SettleAsync(Done(batch));
        }

        Assert.Equal(2_000, claimed);
        Assert.Equal(["SEARCH deliveries USING INDEX deliveries_due (receiver=? AND next_try<?)"], await PlanOfAsync(DeliveryRows.Due));
    }

    private static string Tell(Delivery delivery) =>
        $"{delivery.Alert.Key.JobId} {(delivery.Key.Kind is DeliveryKind.Firing ? "firing" : "resolved")}";

    private static IReadOnlyCollection<SettledDelivery> Done(IEnumerable<Delivery> claimed) =>
        [.. claimed.Select(delivery => new SettledDelivery(delivery, Retry: null))];

    private static IReadOnlyCollection<SettledDelivery> Again(IEnumerable<Delivery> claimed, DateTimeOffset time) =>
    [
        .. claimed.Select(delivery =>
            new SettledDelivery(delivery, new DeliveryRetry(time, delivery.Attempts + 1, "It answered 500."))),
    ];

    private async Task StartAsync(params string[] ids) =>
        await _store.CommitAlertsAsync(Target, version: null, _ => new AlertChanges([.. ids.Select(id => FailedAlert(id))], []), Token);

    private async Task EndAsync() => await _store.CommitAlertsAsync(
        Target,
        version: null,
        firing => new AlertChanges(
            [], [.. firing.Select(alert => alert.Ended(EndReason.Completed, Noon.AddMinutes(30), Noon.AddHours(1)))]),
        Token);

    private async Task<IReadOnlyList<string>> PlanOfAsync(string query)
    {
        await using var connection = _folder.Connect();
        var rows = await connection.QueryAsync("EXPLAIN QUERY PLAN " + query, new { receiver = Hook, now = 1, farthest = 2, most = 8 });
        return [.. rows.Select(row => (string)row.detail)];
    }

    private Task<IReadOnlyList<Delivery>> ClaimAsync(DateTimeOffset? now = null, int most = 100) =>
        _store.ClaimDeliveriesAsync(Hook, most, now ?? _now, (now ?? _now) + Lease, Token);

    private Task SettleAsync(IReadOnlyCollection<SettledDelivery> settled) => _store.SettleDeliveriesAsync(settled, _now, Token);

    private Task<DeliveryBacklog> BacklogAsync(string receiver = Hook) => _store.ReadBacklogAsync(receiver, Token);
}
