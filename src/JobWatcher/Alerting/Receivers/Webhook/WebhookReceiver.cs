using System.Collections.Concurrent;
using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.Background;
using JobWatcher.Configuration.Alerting;
using JobWatcher.Storage;

namespace JobWatcher.Alerting.Receivers.Webhook;

/// <summary>
/// Delivers what the outbox holds for one webhook: at least once, in order for each alert, a few at a time (rule A7 of the
/// protocol). One loop; what is asked from other threads says so.
/// </summary>
internal sealed class WebhookReceiver : IDisposable
{
    private const int Parallelism = 8;
    private const int MostExpiredAtOnce = 100;

    // Longer than an attempt, and short enough that what a dead process held is soon tried again.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);

    // What an attempt has left after the stop, within what the host grants.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private readonly string _name;
    private readonly IDeliveryStore _store;
    private readonly WebhookSender _sender;
    private readonly WebhookReports _reports;
    private readonly TimeProvider _time;
    private readonly ReceiverPause _pause;
    private readonly WakeSignal _wake;
    private readonly CancellationTokenSource _giveUp;
    private readonly ConcurrentQueue<(Delivery Delivery, ReceiverAnswer? Answer)> _attempted = new();
    private readonly List<SettledDelivery> _unsaved = [];
    private List<Task> _sending = [];
    private int _onTheirWay;
    private long _countedAt;
    private long _pending;

    /// <summary>Creates the receiver.</summary>
    /// <param name="configuration">What it is.</param>
    /// <param name="externalUrl">How people reach JobWatcher's pages; null where nobody said.</param>
    /// <param name="store">The outbox.</param>
    /// <param name="parts">What it is made of.</param>
    public WebhookReceiver(
        WebhookConfiguration configuration, Uri? externalUrl, IDeliveryStore store, ReceiverParts parts)
    {
        (_name, _store, _time) = (configuration.Name, store, parts.Time);
        _sender = new WebhookSender(
            parts.Http.CreateClient(configuration.Access),
            configuration.Url.Reveal(),
            new WebhookKey(configuration.Secret, _time),
            externalUrl,
            _time);
        _reports = new WebhookReports(parts.Reports, _name, configuration.Url.ToString());
        _pause = new ReceiverPause(_time);
        _wake = new WakeSignal(_time);
        _giveUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
    }

    /// <summary>How many deliveries were not accepted yet when that was last counted. From any thread.</summary>
    public long Pending() => Interlocked.Read(ref _pending);

    /// <summary>Counts them.</summary>
    /// <exception cref="StoreException">The store is away.</exception>
    public async Task<DeliveryBacklog> CountAsync(CancellationToken cancellationToken)
    {
        var backlog = await _store.ReadBacklogAsync(_name, cancellationToken);
        _countedAt = _time.GetTimestamp();
        Interlocked.Exchange(ref _pending, backlog.Count);
        return backlog;
    }

    /// <summary>The outbox may hold more. From any thread.</summary>
    public void Wake() => _wake.Wake();

    /// <summary>Delivers until told to stop; then attempts on their way have a moment to end.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                // What was attempted is kept while the store is away.
                await _wake.WaitAsync(await UntilStored.RunAsync(() => TurnAsync(stopping), _time, stopping), stopping);
            }
        }
        finally
        {
            _giveUp.CancelAfter(StopPatience);
            await Task.WhenAll(_sending);
            await SaveLastAsync();
        }
    }

    /// <summary>Saves what was attempted and begins what is due.</summary>
    /// <returns>How long nothing else is to do, unless it is woken.</returns>
    /// <exception cref="StoreException">The store is away.</exception>
    public async Task<TimeSpan> TurnAsync(CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        await Task.WhenAll(_sending.Where(sending => sending.IsCompleted));
        _sending = [.. _sending.Where(sending => !sending.IsCompleted)];
        // Not the tasks: one whose attempt has ended, and woke this, may not be over yet.
        var room = (_pause.IsFailing ? 1 : Parallelism) - Volatile.Read(ref _onTheirWay);
        // Asked once: a pause that ends while the store answers must not pass for a house that is full.
        var pause = _pause.Left;
        var isClaiming = room > 0 && pause == TimeSpan.Zero;
        var claimed = isClaiming ? await ClaimAsync(room, cancellationToken) : 0;
        var isDrained = isClaiming && claimed < room;
        if (isDrained || _time.GetElapsedTime(_countedAt) >= CountEvery)
        {
            var backlog = await CountAsync(cancellationToken);
            if (isDrained)
            {
                return Within(backlog.NextTry - _time.GetUtcNow());
            }
        }

        // A full house is left by an attempt's end, which wakes.
        return pause > TimeSpan.Zero ? pause : LookEvery;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sender.Dispose();
        _giveUp.Dispose();
    }

    private static TimeSpan Within(TimeSpan? wait) =>
        wait is not { } given || given > LookEvery ? LookEvery : DeliveryRules.Longer(given, ShortestWait);

    private async Task<int> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var claimed = await _store.ClaimDeliveriesAsync(_name, most, now, now + Lease, cancellationToken);
        Interlocked.Add(ref _onTheirWay, claimed.Count);
        _sending.AddRange(claimed.Select(SendAsync));
        return claimed.Count;
    }

    private async Task SendAsync(Delivery delivery)
    {
        ReceiverAnswer? answer = null;
        try
        {
            answer = await _sender.SendAsync(delivery, _giveUp.Token);
        }
        catch (OperationCanceledException)
        {
            // Given up by the stop: the next process begins where this one was.
        }

        Interlocked.Decrement(ref _onTheirWay);
        _attempted.Enqueue((delivery, answer));
        _wake.Wake();
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        JudgeAttempts();
        if (_unsaved.Count == 0)
        {
            return;
        }

        var now = _time.GetUtcNow();
        await _store.SettleDeliveriesAsync(_unsaved, now, cancellationToken);
        _unsaved.Clear();
        if (!_pause.IsFailing)
        {
            return;
        }

        // Only while it fails: what grew old while this process was down, or by a jump of the clock, is tried before.
        foreach (var expired in await _store.ExpireDeliveriesAsync(
            _name, now - DeliveryRules.GivesUpAfter, MostExpiredAtOnce, now, cancellationToken))
        {
            _reports.Expired(expired);
        }
    }

    private void JudgeAttempts()
    {
        var now = _time.GetUtcNow();
        ReceiverAnswer? failure = null;
        var isKnownToFail = _pause.IsFailing;
        while (_attempted.TryDequeue(out var attempt))
        {
            if (attempt.Answer is not { } answer)
            {
                _unsaved.Add(new SettledDelivery(
                    attempt.Delivery, new DeliveryRetry(now, attempt.Delivery.Attempts, Error: null)));
                continue;
            }

            _reports.Attempted(attempt.Delivery, answer, now, isKnownToFail);
            isKnownToFail |= !answer.IsAccepted;
            _unsaved.Add(DeliveryRules.Settle(attempt.Delivery, answer, now, Random.Shared.NextDouble()));
            if (_unsaved[^1].Retry is null)
            {
                _pause.Succeeded();
            }
            else
            {
                failure = answer;
            }
        }

        // Those that were on their way together failed of one cause.
        if (failure is not null)
        {
            _pause.Failed(DeliveryRules.Told(failure));
        }
    }

    private async Task SaveLastAsync()
    {
        try
        {
            await SettleAsync(CancellationToken.None);
        }
        catch (StoreException)
        {
            // The leases run out, and what was accepted is sent once more under its id.
        }
    }
}
