using System.Net;
using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Alerts;
using JobWatcher.Background;
using JobWatcher.Configuration.Alerting;
using JobWatcher.Storage;

namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>
/// Tells the Alertmanagers of one receiver, each by a sender of its own, and saves what they took. While the store is away it
/// goes on telling what it knows (rule A8 of the protocol).
/// </summary>
internal sealed class AlertmanagerReceiver
{
    private static readonly TimeSpan ResolveEvery = TimeSpan.FromSeconds(15);

    private readonly PostSource _source;
    private readonly IReadOnlyList<(SecretAddress Url, PeerAddresses Peers)> _urls;
    private readonly Dictionary<(SecretAddress Url, IPAddress? Address), RunningSender> _senders = [];
    private readonly AlertmanagerConfiguration _configuration;
    private readonly ReceiverHttp _http;
    private readonly IPostStore _store;
    private readonly NotificationReports _reports;
    private readonly TimeProvider _time;
    private readonly WakeSignal _save;
    private IReadOnlyList<RunningSender> _running = [];
    private HashSet<AlertId> _untold = [];

    /// <summary>Creates the receiver.</summary>
    /// <param name="configuration">What it is.</param>
    /// <param name="plan">What all receivers share.</param>
    /// <param name="since">Its <see cref="PostRules.Since"/>.</param>
    /// <param name="parts">What it is made of.</param>
    public AlertmanagerReceiver(
        AlertmanagerConfiguration configuration, ReceiverPlan plan, DateTimeOffset since, ReceiverParts parts)
    {
        (_configuration, _http, _store, _reports, _time) =
            (configuration, parts.Http, parts.Store, parts.Reports, parts.Time);
        _save = new WakeSignal(_time);
        _urls = [.. configuration.Urls.Select(url => (url, new PeerAddresses(
            url.Reveal(), _http.IsProxied(url.Reveal()), parts.Resolve, _time)))];
        _source = new PostSource
        {
            Receiver = configuration.Name,
            Rules = new PostRules { ResendEvery = configuration.ResendEvery, MinActive = plan.MinActive, Since = since },
            Alerts = parts.Alerts,
            Accepted = new AcceptedPosts(configuration.Name, _time),
            FirstAccepted = _save.Wake,
            ExternalUrl = plan.ExternalUrl,
        };
    }

    /// <summary>How many changes the Alertmanager that is furthest behind has not taken.</summary>
    public long Pending()
    {
        var agenda = _source.Agenda();
        return Volatile.Read(ref _running) is { Count: > 0 } running
            ? running.Max(sender => sender.Sender.Pending(agenda))
            : agenda.Posts.Count;
    }

    /// <summary>The alerts of which something is still to be told.</summary>
    public IEnumerable<AlertId> Needed(IReadOnlyCollection<Alert> alerts) =>
        from alert in NewestAlerts.Of(alerts)
        let now = _source.Alerts.CloudNow(alert.Key.Target)
        where now is null ||
            AlertmanagerPost.Of(alert, _source.Accepted.Of(alert.Id), _source.Rules, now).Kind is not PostKind.None
        select alert.Id;

    /// <summary>Tells until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await UntilStored.RunAsync(() => _source.Accepted.LoadAsync(_store, stopping), _time, stopping);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _source.Alerts.Changed += OnChanged;
        var saving = Task.Run(() => SaveAsync(ended.Token), CancellationToken.None);
        try
        {
            while (true)
            {
                await StartSendersAsync(ended.Token);
                GiveUpOld();
                await Task.Delay(ResolveEvery, _time, ended.Token);

                // They end by a fault alone, which is one of ours.
                await Task.WhenAll(_senders.Values.Select(sender => sender.Task).Append(saving).Where(task => task.IsCompleted));
            }
        }
        finally
        {
            _source.Alerts.Changed -= OnChanged;
            await ended.CancelAsync();
            await saving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var sender in _senders.Values)
            {
                await sender.StopAsync();
            }

            await SaveLastAsync();
        }
    }

    private void OnChanged(object? sender, EventArgs change) => WakeSenders();

    private void WakeSenders()
    {
        foreach (var sender in Volatile.Read(ref _running))
        {
            sender.Sender.Wake();
        }
    }

    private async Task StartSendersAsync(CancellationToken stopping)
    {
        var found = await Task.WhenAll(_urls.Select(async url => (url.Url, Addresses: await url.Peers.LookAsync(stopping))));
        var wanted = found.SelectMany(url => url.Addresses.Select(address => (url.Url, address))).ToHashSet();
        foreach (var gone in _senders.Keys.Where(key => !wanted.Contains(key)).ToList())
        {
            _senders.Remove(gone, out var sender);
            await sender!.StopAsync();
        }

        foreach (var (url, address) in wanted.Where(key => !_senders.ContainsKey(key)))
        {
            var client = new AlertmanagerClient(_http.CreateClient(_configuration.Access, address), url.Reveal(), _time);
            _senders[(url, address)] = RunningSender.Start(
                new AlertmanagerSender(client, url.ToString(), _source, _reports, _time), client, stopping);
        }

        Volatile.Write(ref _running, [.. _senders.Values]);
    }

    // What was tried for too long leaves the agenda, accepted by nobody.
    private void GiveUpOld()
    {
        var alerts = _source.Alerts.All;
        var untold = _source.Agenda().Posts
            .Where(post => !post.Alert.IsFiring && _source.Accepted.Of(post.Alert.Id) is null && !IsRefused(post.Alert.Id))
            .Select(post => post.Alert.Id)
            .ToHashSet();
        var newest = NewestAlerts.Of(alerts).Select(alert => alert.Id).ToHashSet();
        var there = alerts.Select(alert => alert.Id).ToHashSet();
        var givenUp = _untold.Where(alert =>
            !untold.Contains(alert) && (newest.Contains(alert) || !there.Contains(alert)) &&
            _source.Accepted.Of(alert) is null && !IsRefused(alert));
        foreach (var alert in givenUp)
        {
            _reports.Expired(_source.Receiver);
            _reports.Failed(
                _source.Receiver, _configuration.Urls[0].ToString(), alert, attempt: 1, status: null,
                GivingUp.Reason);
        }

        _untold = untold;
        _source.Accepted.ForgetAllBut(there);
    }

    private bool IsRefused(AlertId alert) => _senders.Values.Any(sender => sender.Sender.HasRefused(alert));

    private async Task SaveAsync(CancellationToken stopping)
    {
        while (true)
        {
            if (await UntilStored.RunAsync(() => _source.Accepted.SaveAsync(_store, stopping), _time, stopping))
            {
                // What is saved may be told as ended.
                WakeSenders();
            }

            await _save.WaitAsync(stopping);
        }
    }

    // What was taken just before the stop, or the next process would tell it as new.
    private async Task SaveLastAsync()
    {
        try
        {
            await _source.Accepted.SaveAsync(_store, CancellationToken.None);
        }
        catch (StoreException)
        {
            // Nothing was told as ended that is not saved, so that telling it again makes no second alert.
        }
    }
}
