using JobWatcher.Alerting.Receivers;

namespace JobWatcher.Tests.Alerting.Receivers.Webhook;

/// <summary>Deliveries to a webhook over stops, crashes and a store that is away.</summary>
public sealed class WebhookRestartTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private WebhookRig _rig = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rig = await WebhookRig.CreateAsync();

    public async ValueTask DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task A_process_that_dies_between_send_and_finish_leaves_the_event_to_the_next_one()
    {
        var outbox = new FaultyOutbox(_rig.Store) { IsDown = true };
        _rig.Run(outbox);
        await _rig.StartAlertsAsync("a");
        await _rig.EndAlertsAsync();
        await Eventually.Holds(() => outbox.Failures > 0);
        await _rig.StopAsync();

        _rig.Run();
        Assert.Equal(["firing a"], _rig.Server.Accepted);
        _rig.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Single(_rig.Server.Requests);
        await _rig.PassUntilAsync(() => _rig.Server.Accepted.Count == 3, Second, alsoWhileSending: true);

        Assert.Equal(["firing a", "firing a", "resolved a"], _rig.Server.Accepted);
        Assert.Equal(_rig.Server.Requests[0].Id, _rig.Server.Requests[1].Id);
    }

    [Fact]
    public async Task A_store_that_is_away_for_a_moment_makes_nothing_come_twice()
    {
        var outbox = new FaultyOutbox(_rig.Store) { IsDown = true };
        _rig.Run(outbox);
        await _rig.StartAlertsAsync("a");
        await _rig.EndAlertsAsync();
        await Eventually.Holds(() => outbox.Failures > 0);

        outbox.IsDown = false;
        // What was sent is claimed until the store takes it.
        await _rig.PassUntilAsync(() => _rig.Server.Accepted.Count == 2, Second, alsoWhileSending: true);

        Assert.Equal(["firing a", "resolved a"], _rig.Server.Accepted);
        await _rig.SettleAsync(0);
    }

    [Fact]
    public async Task A_stop_lets_an_attempt_on_its_way_come_to_its_end()
    {
        using var open = new SemaphoreSlim(0);
        _rig.Server.Answer = (_, context) => open.WaitAsync(context.RequestAborted);
        _rig.Run();
        await _rig.StartAlertsAsync("a");
        await _rig.ArriveAsync(1);

        var stopped = _rig.StopAsync();
        open.Release();
        await stopped;

        Assert.Equal(0, await _rig.BacklogAsync());
    }

    [Fact]
    public async Task What_a_stop_breaks_off_is_sent_at_once_by_the_next_process()
    {
        using var open = new SemaphoreSlim(0);
        _rig.Server.Answer = (_, context) => open.WaitAsync(context.RequestAborted);
        _rig.Run();
        await _rig.StartAlertsAsync("a");
        await _rig.ArriveAsync(1);
        var stopped = _rig.StopAsync();
        await _rig.PassUntilAsync(() => stopped.IsCompleted, TimeSpan.FromMilliseconds(100), alsoWhileSending: true);

        _rig.Server.Answer = (_, _) => Task.CompletedTask;
        _rig.Run();
        await Eventually.Holds(() => _rig.Server.Accepted.Count == 1);

        Assert.Empty(_rig.Failures);
    }

    [Fact]
    public async Task What_grew_old_while_nobody_ran_is_tried_before_it_is_given_up()
    {
        await _rig.StartAlertsAsync("a");
        _rig.Time.Advance(TimeSpan.FromDays(5));

        _rig.Run();
        await _rig.SettleAsync(0);

        Assert.Equal(["firing a"], _rig.Server.Accepted);
        Assert.Equal(0, _rig.Counts.Of(WebhookRig.Receiver, NotificationOutcome.Expired));
    }
}
