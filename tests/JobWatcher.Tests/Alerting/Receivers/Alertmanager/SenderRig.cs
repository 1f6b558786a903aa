using JobWatcher.Alerting.Receivers;
using JobWatcher.Alerting.Receivers.Alertmanager;
using JobWatcher.Tests.Polling;
using JobWatcher.Tests.Reporting;

namespace JobWatcher.Tests.Alerting.Receivers.Alertmanager;

/// <summary>A receiver's senders, one for each fake Alertmanager, stepped by a clock that a test moves.</summary>
internal sealed class SenderRig : IDisposable
{
    public const string Receiver = "am";

    private readonly NotificationLatency _latency = new();
    private readonly List<AlertmanagerClient> _clients = [];
    private readonly PostRules _rules;
    private Dictionary<AlertmanagerSender, DateTimeOffset> _senders = [];

    public SenderRig(int peers = 1, PostRules? rules = null)
    {
        _rules = rules ?? Rules;
        Alerts = new FakeAlerts(Time);
        Peers = [.. Enumerable.Range(0, peers).Select(_ => new FakeAlertmanager(Time))];
        Source = NewSource();
        Start();
    }

    /// <summary>The defaults of the configuration.</summary>
    public static PostRules Rules { get; } = new()
    {
        ResendEvery = TimeSpan.FromMinutes(1), MinActive = TimeSpan.FromMinutes(5), Since = DateTimeOffset.UnixEpoch,
    };

    public SettableTime Time { get; } = new(SomeAlert.Noon);

    public FakeAlerts Alerts { get; }

    public MemoryPosts Store { get; } = new();

    public NotificationCounts Counts { get; } = new();

    public CapturedLog Log { get; } = new();

    public IReadOnlyList<FakeAlertmanager> Peers { get; }

    public FakeAlertmanager Peer => Peers[0];

    public PostSource Source { get; private set; }

    public AlertmanagerSender Sender => _senders.Keys.First();

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public NotificationReports Reports => new(Counts, _latency, Log.LoggerOf<NotificationReports>());

    public long Count(NotificationOutcome outcome) => Counts.Of(Receiver, outcome);

    /// <summary>The process dies, and another takes over.</summary>
    public async Task RestartAsync()
    {
        Source = NewSource();
        await Source.Accepted.LoadAsync(Store, Token);
        Start();
    }

    /// <summary>Posts what is due now, as changes make a sender do that does not back off.</summary>
    public async Task PostAsync()
    {
        foreach (var sender in _senders.Keys)
        {
            _senders[sender] = Time.GetUtcNow() + (await sender.PostDueAsync(Token)).Length;
        }

        await SaveAsync();
    }

    /// <summary>Lets time pass, in which senders look when they mean to.</summary>
    public async Task PassAsync(TimeSpan length)
    {
        var end = Time.GetUtcNow() + length;
        while (true)
        {
            foreach (var sender in _senders.Where(sender => sender.Value <= Time.GetUtcNow()).Select(sender => sender.Key).ToList())
            {
                _senders[sender] = Time.GetUtcNow() + (await sender.PostDueAsync(Token)).Length;
            }

            await SaveAsync();
            foreach (var peer in Peers)
            {
                peer.Notify();
            }

            var next = _senders.Values.Append(end).Min();
            if (Time.GetUtcNow() >= end)
            {
                return;
            }

            Time.Advance(next > Time.GetUtcNow() ? next - Time.GetUtcNow() : TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>Changes wake senders that do not back off; this wakes all.</summary>
    public void Wake()
    {
        foreach (var sender in _senders.Keys)
        {
            _senders[sender] = Time.GetUtcNow();
        }
    }

    public void Dispose()
    {
        _latency.Dispose();
        foreach (var client in _clients)
        {
            client.Dispose();
        }
    }

    private async Task SaveAsync()
    {
        if (!Store.IsDown)
        {
            await Source.Accepted.SaveAsync(Store, Token);
        }
    }

    private PostSource NewSource() => new()
    {
        Receiver = Receiver,
        Rules = _rules,
        Alerts = Alerts,
        Accepted = new AcceptedPosts(Receiver, Time),
        FirstAccepted = () => { },
        ExternalUrl = new Uri("https://jw.example.com/base/"),
    };

    private void Start() => _senders = Peers.ToDictionary(
        peer =>
        {
            var client = new AlertmanagerClient(
                new HttpClient(peer, disposeHandler: false), new Uri("http://am:9093/prefix/"), Time);
            _clients.Add(client);
            return new AlertmanagerSender(client, "http://am", Source, Reports, Time);
        },
        _ => Time.GetUtcNow());
}
