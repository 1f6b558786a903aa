using System.Globalization;
using Dapper;
using JobWatcher.Alerting.Receivers;
using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Alerting.Receivers.Webhook;
using JobWatcher.Alerts;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.Configuration.Alerting;
using JobWatcher.Configuration.Credentials;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Storage;
using JobWatcher.Storage.Sqlite;
using JobWatcher.Tests.Polling;
using JobWatcher.Tests.Reporting;
using JobWatcher.Tests.Storage;
using static JobWatcher.Tests.Storage.Make;

namespace JobWatcher.Tests.Alerting.Receivers.Webhook;

/// <summary>A webhook with its outbox in a real store, a server on loopback, and a clock that a test moves.</summary>
internal sealed class WebhookRig : IAsyncDisposable
{
    public const string Receiver = "hook";
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly TempStore _folder;
    private readonly NotificationLatency _latency = new();
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private WebhookRig()
    {
        _folder = new TempStore { Outbox = new AlertOutbox(Time) { Webhooks = [Receiver] } };
        Parts = new ReceiverParts(
            Alerts,
            Store: null!,
            new ReceiverHttp(Time),
            new NotificationReports(Counts, _latency, Log.LoggerOf<NotificationReports>()),
            Time);
    }

    public SettableTime Time { get; } = new(Noon);

    public SignalledAlerts Alerts { get; } = new();

    public NotificationCounts Counts { get; } = new();

    public CapturedLog Log { get; } = new();

    public ReceiverParts Parts { get; }

    public AlertOutbox Outbox => _folder.Outbox;

    public string Folder => _folder.Folder;

    public HookServer Server { get; private set; } = null!;

    public SqliteWatchStore Store { get; private set; } = null!;

    public WebhookReceiver Webhook { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<WebhookRig> CreateAsync()
    {
        var rig = new WebhookRig { Server = await HookServer.StartAsync() };
        rig.Store = (SqliteWatchStore)await rig._folder.OpenAsync();
        return rig;
    }

    public WebhookConfiguration Configuration(SecretConfiguration? secret = null) => new()
    {
        Name = Receiver,
        Access = ReceiverAccess.Plain,
        Url = new SecretAddress(Server.Url),
        Secret = secret ?? new SecretConfiguration(Secret),
    };

    /// <summary>Starts a process that delivers.</summary>
    public void Run(IDeliveryStore? store = null, SecretConfiguration? secret = null)
    {
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        Webhook = new WebhookReceiver(
            Configuration(secret), new Uri("https://jw.example.com/base"), store ?? Store, Parts);
        var (webhook, stopping) = (Webhook, _stop.Token);
        _running = Task.Run(() => webhook.RunAsync(stopping), Token);
    }

    /// <summary>Tells the process to stop and waits for its end.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Webhook?.Dispose();
        Webhook = null!;
    }

    /// <summary>Jobs fail, in one commit.</summary>
    public async Task StartAlertsAsync(params string[] jobs)
    {
        await Store.CommitAlertsAsync(
            Target, version: null, _ => new AlertChanges([.. jobs.Select(AlertOf)], []), Token);
        Webhook?.Wake();
    }

    /// <summary>All that fires ends.</summary>
    public async Task EndAlertsAsync()
    {
        await Store.CommitAlertsAsync(
            Target,
            version: null,
            firing => new AlertChanges([], [.. firing.Select(alert => alert.Ended(EndReason.Completed, Noon.AddHours(1), Noon.AddHours(1)))]),
            Token);
        Webhook?.Wake();
    }

    /// <summary>Waits until so many requests have arrived.</summary>
    public Task ArriveAsync(int requests) => Eventually.Holds(() => Server.Requests.Count >= requests);

    /// <summary>Waits until so many attempts came to an outcome.</summary>
    public Task CountAsync(NotificationOutcome outcome, long count) => Eventually.Holds(() => Counts.Of(Receiver, outcome) >= count);

    /// <summary>
    /// Lets time pass, bit by bit, until a condition holds. It stands still while a request is on its way, which a slow
    /// machine would make a late one.
    /// </summary>
    public async Task PassUntilAsync(Func<bool> condition, TimeSpan step, bool alsoWhileSending = false)
    {
        var deadline = TimeSpan.FromSeconds(60);
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < deadline, "It did not come to it.");
            if (alsoWhileSending || !IsAnyClaimed())
            {
                Time.Advance(step);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), Token);
        }
    }

    public async Task<long> BacklogAsync() => (await Store.ReadBacklogAsync(Receiver, Token)).Count;

    /// <summary>Waits until nothing is on its way any more, and the store knows what became of it.</summary>
    public Task RestAsync() => Eventually.Holds(() => !IsAnyClaimed());

    /// <summary>Waits until the store holds so many deliveries.</summary>
    public async Task SettleAsync(long left)
    {
        while (await BacklogAsync() != left)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), Token);
        }
    }

    /// <summary>The fields of each event 1203, as <c>attempt status</c>.</summary>
    public IReadOnlyList<string> Failures =>
    [
        .. Log.Events.Where(logged => logged.Properties.ContainsKey("Attempt")).Select(logged => string.Create(
            CultureInfo.InvariantCulture, $"{logged.Properties["Attempt"]} {logged.Properties["HttpStatus"]}")),
    ];

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        _latency.Dispose();
        await Server.DisposeAsync();
        await _folder.DisposeAsync();
    }

    private bool IsAnyClaimed()
    {
        using var connection = _folder.Connect();
        return connection.QuerySingle<bool>("SELECT COUNT(*) > 0 FROM deliveries WHERE lease_until IS NOT NULL");
    }

    private static Alert AlertOf(string job) => Firing.OfFailed(Firing.Ended(job, JobStatus.Failed));
}
