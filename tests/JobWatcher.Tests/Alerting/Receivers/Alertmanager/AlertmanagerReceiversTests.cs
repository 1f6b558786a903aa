using System.Net;
using JobWatcher.Alerting.Receivers;
using JobWatcher.Alerting.Receivers.Alertmanager;
using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Alerts;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.Configuration.Alerting;
using JobWatcher.Tests.Alerting.Receivers.Http;
using JobWatcher.Tests.Polling;
using JobWatcher.Tests.Reporting;
using JobWatcher.Text;

namespace JobWatcher.Tests.Alerting.Receivers.Alertmanager;

/// <summary>Receivers as they run, over real connections.</summary>
public sealed class AlertmanagerReceiversTests : IAsyncDisposable
{
    private readonly SettableTime _time = new(DateTimeOffset.UtcNow);
    private readonly FakeAlerts _alerts;
    private readonly MemoryPosts _store = new();
    private readonly NotificationCounts _counts = new();
    private readonly NotificationLatency _latency = new();
    private readonly PendingNotifications _pending = new();
    private readonly CapturedLog _log = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile string[] _addresses = ["127.0.0.1"];
    private ReceiversInForce? _receivers;
    private Task _running = Task.CompletedTask;

    public AlertmanagerReceiversTests() => _alerts = new FakeAlerts(_time);

    [Fact]
    public async Task Every_address_of_a_name_is_told_and_a_new_one_within_a_resend()
    {
        await using var server = await LoopbackServer.StartAsync(null, "127.0.0.1", "127.0.0.2");
        _alerts.Start();
        Start(server.Port);
        await Eventually.Holds(() => At(server, "127.0.0.1") == 1);

        _addresses = ["127.0.0.1", "127.0.0.2"];
        await Passing(() => At(server, "127.0.0.2") > 0);
        _addresses = ["127.0.0.2"];
        await Passing(() => At(server, "127.0.0.2") > 3);

        Assert.InRange(At(server, "127.0.0.1"), 1, 3);
        Assert.All(server.Requests, request => Assert.Equal($"am.test:{server.Port}", request.Host));
    }

    [Fact]
    public async Task A_change_is_told_without_waiting()
    {
        await using var server = await LoopbackServer.StartAsync();
        Start(server.Port);
        await Eventually.Holds(() => _pending.All is [("am", 0)]);

        _alerts.Start("a");
        await Eventually.Holds(() => server.Requests.Count == 1);
        _alerts.Start("b");
        await Eventually.Holds(() => server.Requests.Count == 2);

        Assert.Equal(["b"], PostedAlert.Parse(server.Requests.Last().Body).Select(alert => alert.Job));
        await Eventually.Holds(() => _pending.All is [("am", 0)]);
        await Eventually.Holds(() => _store.Saved.Count == 2);
    }

    [Fact]
    public async Task A_receiver_that_hangs_shows_in_what_is_pending_and_holds_up_no_other()
    {
        await using var slow = await LoopbackServer.StartAsync();
        slow.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        await using var quick = await LoopbackServer.StartAsync();
        Start(PlanOf(Receiver("slow", slow.Port), Receiver("quick", quick.Port)));

        _alerts.Start("a");
        await Eventually.Holds(() => !quick.Requests.IsEmpty && !slow.Requests.IsEmpty);
        _alerts.Start("b");

        await Eventually.Holds(() => _counts.Of("quick", NotificationOutcome.Accepted) >= 2);
        Assert.Equal([("quick", 0), ("slow", 2)], _pending.All);
    }

    [Fact]
    public async Task What_was_tried_for_three_days_is_given_up_and_told()
    {
        var server = await LoopbackServer.StartAsync();
        await server.DisposeAsync();
        var alert = _alerts.End(_alerts.Start());
        Start(server.Port);
        await Eventually.Holds(() => _counts.Of("am", NotificationOutcome.Retried) > 0);

        _time.Advance(TimeSpan.FromDays(3));
        await Passing(() => _counts.Of("am", NotificationOutcome.Expired) > 0);
        await Passing(() => _pending.All is [("am", 0)]);

        Assert.Equal(1, _counts.Of("am", NotificationOutcome.Expired));
        Assert.Contains(_log.Events, told => told.Properties["AlertId"].ToString(null, null) == $"\"{alert.Id}\"");
    }

    [Fact]
    public async Task A_store_that_is_away_at_the_start_is_waited_for()
    {
        await using var server = await LoopbackServer.StartAsync();
        _store.IsDown = true;
        _alerts.Start();
        Start(server.Port);
        await Task.Yield();
        Assert.Empty(server.Requests);

        _store.IsDown = false;

        await Passing(() => !server.Requests.IsEmpty);
    }

    [Fact]
    public async Task What_a_former_process_told_does_not_fire_anew_because_alerts_are_known_later_than_that()
    {
        await using var server = await LoopbackServer.StartAsync();
        var alert = _alerts.End(_alerts.Start("a"));
        await _store.MarkAcceptedAsync("am", new Dictionary<AlertId, DateTimeOffset> { [alert.Id] = _alerts.Now }, _stop.Token);
        _alerts.Remove(alert);
        _time.Advance(TimeSpan.FromMinutes(10));
        Start(server.Port);
        _alerts.Start("b");
        await Passing(() => server.Requests.Count > 1);

        _alerts.Put(alert);
        await Eventually.Holds(() => Posted().Any());

        Assert.All(Posted(), posted => Assert.True(posted.EndsAt <= _alerts.Now));

        IEnumerable<PostedAlert> Posted() => server.Requests.SelectMany(request => PostedAlert.Parse(request.Body)).Where(posted => posted.Job == "a");
    }

    [Fact]
    public async Task Another_plan_takes_effect_at_once()
    {
        await using var before = await LoopbackServer.StartAsync();
        await using var after = await LoopbackServer.StartAsync();
        Start(PlanOf(Receiver("before", before.Port)));
        _alerts.Start();
        await Eventually.Holds(() => !before.Requests.IsEmpty);

        _receivers!.Change(PlanOf(Receiver("after", after.Port)));

        await Eventually.Holds(() => !after.Requests.IsEmpty);
        await Eventually.Holds(() => _pending.All is [("after", 0)]);
    }

    [Fact]
    public async Task Another_plan_that_comes_while_the_store_is_away_ends_no_sender_before_its_own_can_begin()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var added = await LoopbackServer.StartAsync();
        Start(server.Port);
        _alerts.Start();
        await Eventually.Holds(() => _pending.All is [("am", 0)] && !server.Requests.IsEmpty);

        _store.IsDown = true;
        _receivers!.Change(PlanOf(Receiver("am", server.Port)) with { MinActive = TimeSpan.FromMinutes(1) });
        _receivers.Change(PlanOf(Receiver("am", server.Port), Receiver("added", added.Port)));
        await Passing(() => server.Requests.Count > 5);
        Assert.Empty(added.Requests);
        _store.IsDown = false;

        await Passing(() => !added.Requests.IsEmpty);
    }

    [Fact]
    public async Task Receivers_that_were_stopped_are_counted_until_another_plan_is_there()
    {
        await using var server = await LoopbackServer.StartAsync();
        Start(server.Port);
        _alerts.Start();
        await Eventually.Holds(() => _pending.All is [("am", 0)] && !server.Requests.IsEmpty);

        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);

        Assert.Equal([("am", 0)], _pending.All);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _latency.Dispose();
        _stop.Dispose();
    }

    private static int At(LoopbackServer server, string address) =>
        server.Requests.Count(request => request.LocalAddress == address);

    private static AlertmanagerConfiguration Receiver(string name, int port) => new()
    {
        Name = name,
        Access = ReceiverAccess.Plain,
        Urls = [new SecretAddress(new Uri($"http://am.test:{port}"))],
        ResendEvery = Duration.Minutes(1),
    };

    private static ReceiverPlan PlanOf(params AlertmanagerConfiguration[] receivers) => new() { Receivers = receivers };

    private Task Passing(Func<bool> condition) => Eventually.Holds(() =>
    {
        _time.Advance(TimeSpan.FromSeconds(5));
        return condition();
    });

    private void Start(int port) => Start(PlanOf(Receiver("am", port)));

    private void Start(ReceiverPlan plan)
    {
        var parts = new ReceiverParts(
            _alerts, _store, new ReceiverHttp(_time),
            new NotificationReports(_counts, _latency, _log.LoggerOf<NotificationReports>()), _time)
        {
            Resolve = (_, _) => Task.FromResult(_addresses.Select(IPAddress.Parse).ToArray()),
        };
        _receivers = new ReceiversInForce(plan, [new AlertmanagerReceivers(parts, _pending).RunAsync], _store, _pending, _counts, new AlertOutbox(_time), _time);
        _running = _receivers.RunAsync(_stop.Token);
    }
}
