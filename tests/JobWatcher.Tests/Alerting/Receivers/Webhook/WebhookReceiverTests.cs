using System.Globalization;
using JobWatcher.Alerting.Receivers;
using JobWatcher.Alerting.Receivers.Webhook;
using JobWatcher.Configuration.Credentials;
using static JobWatcher.Tests.Storage.Make;

namespace JobWatcher.Tests.Alerting.Receivers.Webhook;

/// <summary>Deliveries to a webhook: at least once, in order, whatever happens to either side.</summary>
public sealed class WebhookReceiverTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private WebhookRig _rig = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rig = await WebhookRig.CreateAsync();

    public async ValueTask DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Each_change_is_told_once_in_order_and_signed()
    {
        _rig.Run();
        await _rig.StartAlertsAsync("a");
        await _rig.EndAlertsAsync();

        await _rig.ArriveAsync(2);
        await _rig.SettleAsync(0);

        Assert.Equal(["firing a", "resolved a"], _rig.Server.Accepted);
        Assert.Equal(2, _rig.Server.Requests.Select(request => request.Id).Distinct().Count());
        Assert.All(_rig.Server.Requests, request =>
        {
            Assert.True(Verifier.Accepts(request, WebhookRig.Secret, _rig.Time.GetUtcNow()));
            Assert.Equal(request.Id, request.Event["id"]!.GetValue<string>());
            Assert.Equal("application/cloudevents+json; charset=utf-8", request.ContentType);
        });
        Assert.Equal(2, _rig.Counts.Of(WebhookRig.Receiver, NotificationOutcome.Accepted));
        await Eventually.Holds(() => _rig.Webhook.Pending() == 0);
    }

    [Fact]
    public async Task What_fails_is_sent_again_under_the_same_id_and_its_end_waits()
    {
        _rig.Server.Answer = HookServer.With(500);
        _rig.Run();
        await _rig.StartAlertsAsync("a");
        await _rig.EndAlertsAsync();
        await _rig.PassUntilAsync(() => _rig.Server.Requests.Count >= 3, Second);
        Assert.All(_rig.Server.Requests, request => Assert.Equal("firing a", request.Tells));

        _rig.Server.Answer = (_, _) => Task.CompletedTask;
        await _rig.PassUntilAsync(() => _rig.Server.Accepted.Count == 2, Second);

        var starts = _rig.Server.Requests.Where(request => request.Tells == "firing a").ToList();
        Assert.Equal(["firing a", "resolved a"], _rig.Server.Accepted);
        Assert.Single(starts.Select(start => (start.Id, Convert.ToBase64String(start.Body))).Distinct());
        Assert.True(starts.Select(start => start.Timestamp).Distinct().Count() > 1, "Each attempt has a time of its own.");
        Assert.Equal(["1 500"], _rig.Failures);
    }

    [Theory]
    [InlineData(429, "120")]
    [InlineData(503, "Mon, 06 May 2024 12:02:00 GMT")]
    public async Task A_receiver_that_asks_to_be_left_alone_is_left_alone_with_all(int status, string retryAfter)
    {
        _rig.Server.Answer = async (request, context) =>
        {
            context.Response.Headers.Date = _rig.Time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
            await HookServer.With(status, retryAfter: retryAfter)(request, context);
        };
        _rig.Run();
        await _rig.StartAlertsAsync("a");
        await _rig.CountAsync(NotificationOutcome.Retried, 1);
        await _rig.RestAsync();
        _rig.Server.Answer = (_, _) => Task.CompletedTask;
        await _rig.StartAlertsAsync("b");

        await _rig.PassUntilAsync(() => _rig.Server.Accepted.Count == 2, Second);

        Assert.All(_rig.Server.Requests.Skip(1), request => Assert.True(
            long.Parse(request.Timestamp, CultureInfo.InvariantCulture) >= Noon.AddMinutes(2).ToUnixTimeSeconds(), request.Tells));
        Assert.Equal(["firing a", "firing b"], _rig.Server.Accepted.Order());
    }

    [Fact]
    public async Task A_slow_receiver_is_given_up_for_now_and_asked_again()
    {
        using var open = new SemaphoreSlim(0);
        _rig.Server.Answer = (_, context) => open.WaitAsync(context.RequestAborted);
        _rig.Run();
        await _rig.StartAlertsAsync("a");
        await _rig.ArriveAsync(1);

        _rig.Time.Advance(WebhookSender.RequestTimeout);
        await _rig.CountAsync(NotificationOutcome.Retried, 1);
        _rig.Server.Answer = (_, _) => Task.CompletedTask;
        await _rig.PassUntilAsync(() => _rig.Server.Accepted.Count == 1, Second);

        Assert.Equal(2, _rig.Server.Requests.Count);
        Assert.Single(_rig.Server.Requests.Select(request => request.Id).Distinct());
        Assert.Equal(["1 null"], _rig.Failures);
    }

    [Fact]
    public async Task A_receiver_that_dies_in_the_middle_gets_the_event_again()
    {
        _rig.Server.Answer = (_, context) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        _rig.Run();
        await _rig.StartAlertsAsync("a");
        await _rig.CountAsync(NotificationOutcome.Retried, 1);

        _rig.Server.Answer = (_, _) => Task.CompletedTask;
        await _rig.PassUntilAsync(() => _rig.Server.Accepted.Count == 1, Second);

        Assert.Single(_rig.Server.Requests.Select(request => (request.Id, Convert.ToBase64String(request.Body))).Distinct());
    }

    [Fact]
    public async Task A_receiver_that_is_gone_for_good_is_not_asked_again()
    {
        _rig.Server.Answer = HookServer.With(410);
        _rig.Run();
        await _rig.StartAlertsAsync("a");
        await _rig.EndAlertsAsync();

        await _rig.CountAsync(NotificationOutcome.Rejected, 2);
        await _rig.SettleAsync(0);

        Assert.Equal(["firing a", "resolved a"], _rig.Server.Requests.Select(request => request.Tells));
        Assert.Equal(["1 410", "1 410"], _rig.Failures);
    }

    [Fact]
    public async Task After_three_days_a_delivery_is_given_up_visibly()
    {
        _rig.Server.Answer = HookServer.With(500);
        _rig.Run();
        await _rig.StartAlertsAsync("a");
        await _rig.CountAsync(NotificationOutcome.Retried, 1);
        await _rig.RestAsync();

        _rig.Time.Advance(TimeSpan.FromDays(3));
        await _rig.CountAsync(NotificationOutcome.Expired, 1);

        Assert.Equal(0, await _rig.BacklogAsync());
        Assert.Equal(["1 500", "2 null"], _rig.Failures);
    }

    [Fact]
    public async Task Many_are_sent_a_few_at_a_time()
    {
        _rig.Server.Answer = (_, context) => Task.Delay(TimeSpan.FromMilliseconds(2), context.RequestAborted);
        await _rig.StartAlertsAsync([.. Enumerable.Range(0, 300).Select(i => i.ToString(CultureInfo.InvariantCulture))]);

        _rig.Run();
        await _rig.SettleAsync(0);

        Assert.Equal(300, _rig.Server.Accepted.Distinct().Count());
        Assert.InRange(_rig.Server.MostInFlight, 2, 8);
    }

    [Fact]
    public async Task A_receiver_that_fails_is_tried_with_one_delivery_at_a_time()
    {
        _rig.Server.Answer = HookServer.With(500);
        await _rig.StartAlertsAsync([.. Enumerable.Range(0, 100).Select(i => i.ToString(CultureInfo.InvariantCulture))]);
        _rig.Run();
        await _rig.CountAsync(NotificationOutcome.Retried, 8);
        await _rig.RestAsync();
        Assert.Equal(8, _rig.Server.Requests.Count);

        await _rig.PassUntilAsync(() => _rig.Server.Requests.Count > 8, TimeSpan.FromMilliseconds(50));
        await _rig.RestAsync();
        Assert.Equal(9, _rig.Server.Requests.Count);

        _rig.Server.Answer = (_, _) => Task.CompletedTask;
        await _rig.PassUntilAsync(() => _rig.Server.Accepted.Count == 100, Second);
    }

    [Fact]
    public async Task Another_secret_in_the_file_signs_from_then_on()
    {
        var file = Path.Combine(_rig.Folder, "secret");
        await File.WriteAllTextAsync(file, WebhookRig.Secret, Token);
        _rig.Run(secret: new SecretConfiguration("read before", file));
        await _rig.StartAlertsAsync("a");
        await _rig.SettleAsync(0);

        const string Other = "whsec_QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=";
        await File.WriteAllTextAsync(file, Other, Token);
        _rig.Time.Advance(TimeSpan.FromSeconds(2));
        await _rig.EndAlertsAsync();
        await _rig.SettleAsync(0);

        var now = _rig.Time.GetUtcNow();
        Assert.True(Verifier.Accepts(_rig.Server.Requests[0], WebhookRig.Secret, now));
        Assert.True(Verifier.Accepts(_rig.Server.Requests[1], Other, now));
    }

    [Fact]
    public async Task A_server_that_repeats_what_it_got_puts_no_signature_into_the_log()
    {
        _rig.Server.Answer = async (request, context) =>
            await HookServer.With(500, $"bad {request.Signature}")(request, context);
        _rig.Run();
        await _rig.StartAlertsAsync("a");
        await _rig.CountAsync(NotificationOutcome.Retried, 1);
        await Eventually.Holds(() => _rig.Failures.Count == 1);

        Assert.All(_rig.Log.Events, logged => Assert.DoesNotContain("v1,", logged.RenderMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_receivers_of_a_plan_are_owed_deliveries_woken_by_changes_and_counted_until_another_plan()
    {
        _rig.Outbox.Webhooks = ["gone"];
        await _rig.StartAlertsAsync("a");
        var pending = new PendingNotifications();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var plan = new ReceiverPlan { Receivers = [_rig.Configuration()] };
        var running = new WebhookReceivers(_rig.Outbox, _rig.Store, _rig.Parts, pending).RunAsync(plan, ended.Token);
        await Eventually.Holds(() => _rig.Alerts.IsHeard);

        await _rig.StartAlertsAsync("b");
        _rig.Alerts.Change();
        await Eventually.Holds(() => _rig.Server.Accepted.Count == 1);
        Assert.Equal([WebhookRig.Receiver], pending.All.Select(one => one.Receiver));
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal(["firing b"], _rig.Server.Accepted);
        Assert.Equal(0, (await _rig.Store.ReadBacklogAsync("gone", Token)).Count);
        Assert.Equal([WebhookRig.Receiver], pending.All.Select(one => one.Receiver));
        Assert.False(_rig.Alerts.IsHeard);
    }
}
