using JobWatcher.Alerting.Receivers;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.Configuration.Alerting;
using JobWatcher.Configuration.Credentials;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Text;

namespace JobWatcher.Tests.Alerting.Receivers;

/// <summary>What another configuration does to receivers, whichever they are.</summary>
public sealed class ReceiversInForceTests : IAsyncDisposable
{
    private readonly PendingNotifications _pending = new();
    private readonly NotificationCounts _counts = new();
    private readonly MemoryPosts _posts = new();
    private readonly AlertOutbox _outbox = new(TimeProvider.System);
    private readonly CarriedSeries _carried = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<ReceiverPlan> _started = [];
    private ReceiversInForce? _receivers;
    private Task _running = Task.CompletedTask;
    private volatile TaskCompletionSource _isUp = Done();

    [Fact]
    public async Task Counts_of_a_receiver_that_stays_never_fall_whenever_a_scrape_comes()
    {
        await StartAsync(PlanOf("am"));
        _counts.Count("am", NotificationOutcome.Accepted, 7);
        Assert.Equal([0, 7], [ScrapeAccepted("am"), ScrapeAccepted("am")]);

        _isUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _receivers!.Change(PlanOf("am", "other"));
        await Eventually.Holds(() => _started.Count == 2);
        var between = ScrapeAccepted("am");
        _isUp.SetResult();
        await Eventually.Holds(() => _pending.All.Count == 2);

        Assert.Equal([7, 7, 7], [between, ScrapeAccepted("am"), ScrapeAccepted("am")]);
    }

    [Fact]
    public async Task A_receiver_that_was_taken_out_and_comes_back_begins_at_0()
    {
        await StartAsync(PlanOf("am"));
        _counts.Count("am", NotificationOutcome.Accepted, 7);
        ScrapeAccepted("am");
        _receivers!.Change(PlanOf("other"));
        await Eventually.Holds(() => _pending.All is [("other", 0)]);
        Assert.Null(ScrapeAccepted("am"));

        _receivers.Change(PlanOf("am"));
        await Eventually.Holds(() => _pending.All is [("am", 0)]);

        Assert.Equal([0, 0], [ScrapeAccepted("am"), ScrapeAccepted("am")]);
    }

    [Fact]
    public async Task A_webhook_is_owed_what_is_committed_from_its_configuration_on_though_it_cannot_begin_yet()
    {
        _outbox.Webhooks = ["old"];
        _posts.IsDown = true;
        await StartAsync(PlanOf("am"));

        _receivers!.Change(new ReceiverPlan
        {
            Receivers =
            [
                new WebhookConfiguration
                {
                    Name = "added",
                    Access = ReceiverAccess.Plain,
                    Url = new SecretAddress(new Uri("http://127.0.0.1/")),
                    Secret = new SecretConfiguration("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                },
            ],
        });

        Assert.Equal(["old", "added"], _outbox.Webhooks);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static ReceiverPlan PlanOf(params string[] receivers) => new()
    {
        Receivers =
        [
            .. receivers.Select(name => new AlertmanagerConfiguration
            {
                Name = name, Access = ReceiverAccess.Plain, Urls = [], ResendEvery = Duration.Minutes(1),
            }),
        ],
    };

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private async Task StartAsync(ReceiverPlan plan)
    {
        _receivers = new ReceiversInForce(plan, [RunAsync], _posts, _pending, _counts, _outbox, TimeProvider.System);
        _running = _receivers.RunAsync(_stop.Token);
        await Eventually.Holds(() => _pending.All.Count == plan.Receivers.Count);
    }

    // Receivers are there once the store has answered, and take a moment to end.
    private async Task RunAsync(ReceiverPlan plan, CancellationToken ended)
    {
        _started.Add(plan);
        await _isUp.Task.WaitAsync(ended);
        foreach (var receiver in plan.Receivers)
        {
            _pending.Add(receiver.Name, () => 0);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, ended);
    }

    // What an answered scrape shows; null where it lacks the series.
    private double? ScrapeAccepted(string receiver)
    {
        var samples = new NotificationSamples(_pending, _counts).Now().ToList();
        var accepted = samples.SingleOrDefault(sample =>
            sample.Series.Contains("accepted", StringComparison.Ordinal) && sample.Series.Contains($"\"{receiver}\"", StringComparison.Ordinal));
        var shown = accepted is null ? (double?)null : _carried.ValueOf(accepted);
        _carried.Carried(samples);
        return shown;
    }
}
