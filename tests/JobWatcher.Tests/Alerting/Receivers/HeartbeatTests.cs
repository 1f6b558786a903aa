using JobWatcher.Alerting.Receivers;
using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Configuration.Alerting;
using JobWatcher.Polling.Targets;
using JobWatcher.Tests.Alerting.Receivers.Http;
using JobWatcher.Tests.Polling;
using JobWatcher.Text;

namespace JobWatcher.Tests.Alerting.Receivers;

/// <summary>The dead man's switch.</summary>
public sealed class HeartbeatTests : IAsyncLifetime
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    // How often it looks whether polls are answered.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly WatchRig _rig = new();
    private readonly SleepClock _clock;
    private CancellationTokenSource _stop = new();
    private Heartbeat _heartbeat = null!;
    private LoopbackServer _server = null!;
    private Task _running = Task.CompletedTask;

    public HeartbeatTests() => _clock = new SleepClock(_rig.Time);

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackServer.StartAsync();
        var watches = new TargetWatches();
        watches.Replace([_rig.Watch]);
        _heartbeat = new Heartbeat(watches, new ReceiverHttp(_clock), _clock, _rig.Log.LoggerOf<Heartbeat>());
        _running = _heartbeat.RunAsync(PlanOf(Every), _stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _server.DisposeAsync();
        _stop.Dispose();
        _rig.Dispose();
    }

    [Fact]
    public async Task It_is_called_while_polls_are_answered_and_committed()
    {
        await _rig.BaselineAsync();

        await BeatAsync(1, Look);
        await _rig.PollNextAsync();
        await BeatAsync(2);

        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task Before_the_first_answer_and_once_answers_stay_away_it_is_silent()
    {
        _rig.Time.Advance(Every);
        await _rig.BaselineAsync();
        await BeatAsync(1, Look);
        await BeatAsync(2);

        // Three intervals of 30 s are over; each call that was due would be one more.
        _rig.Time.Advance(Every);
        _rig.Time.Advance(Every);
        await _rig.PollNextAsync();
        await BeatAsync(3, Look);

        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task A_store_that_is_away_silences_it_as_well()
    {
        await _rig.BaselineAsync();
        await BeatAsync(1, Look);
        await BeatAsync(2);
        _rig.Store.IsDown = true;
        for (var poll = 0; poll < 4; poll++)
        {
            await _rig.PollAgainAsync();
        }

        _rig.Store.IsDown = false;
        await _rig.PollNextAsync();
        await BeatAsync(3, Look);

        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task However_rarely_it_is_due_it_is_first_called_with_the_first_answer()
    {
        await RestartAsync(PlanOf(TimeSpan.FromDays(1)));
        await _rig.BaselineAsync();

        await BeatAsync(1, Look);
    }

    [Fact]
    public async Task Another_plan_neither_delays_the_next_call_nor_makes_one_more()
    {
        await _rig.BaselineAsync();
        await BeatAsync(1, Look);
        await _rig.PollNextAsync();

        await RestartAsync(PlanOf(Every));
        await BeatAsync(2, Every / 2);

        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task Another_address_is_called_at_once()
    {
        await _rig.BaselineAsync();
        await BeatAsync(1, Look);

        await RestartAsync(PlanOf(Every, "/other"));

        await BeatAsync(2, TimeSpan.Zero);
    }

    [Fact]
    public async Task An_address_that_fails_is_told_once_until_it_answers()
    {
        _server.Answer = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        for (var beat = 1; beat <= 3; beat++)
        {
            await _rig.PollNextAsync();
            await BeatAsync(beat);
        }

        await Eventually.Holds(() => _rig.Log.Names.Contains("HeartbeatFailed"));

        var told = _rig.Log.Single("HeartbeatFailed");
        Assert.DoesNotContain("ping", told.RenderMessage(null), StringComparison.Ordinal);
    }

    private ReceiverPlan PlanOf(TimeSpan every, string path = "/ping") => new()
    {
        Heartbeat = new HeartbeatConfiguration
        {
            Url = new SecretAddress(new Uri($"http://127.0.0.1:{_server.Port}{path}")), Every = Duration.Of(every),
        },
    };

    private async Task RestartAsync(ReceiverPlan plan)
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        _running = _heartbeat.RunAsync(plan, _stop.Token);
    }

    // A call is over when the next one is waited for: its time must not run out before.
    private async Task BeatAsync(int calls, TimeSpan? after = null)
    {
        _rig.Time.Advance(after ?? Every);
        await Eventually.Holds(() => _server.Requests.Count >= calls && _clock.Others.Sleeps > 0);
    }
}
