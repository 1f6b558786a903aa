using System.Collections.Concurrent;
using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Alerts;
using JobWatcher.Background;

namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>
/// Tells one Alertmanager what fires and what has ended: each change at once, everything again in rounds. It shares no fate
/// with those that tell its peers. One loop; the count of what is pending may be asked from other threads.
/// </summary>
/// <param name="client">The Alertmanager.</param>
/// <param name="host">Scheme and host of its address.</param>
/// <param name="source">What the receiver's senders share.</param>
/// <param name="reports">Told what becomes of posts.</param>
/// <param name="time">The time.</param>
internal sealed class AlertmanagerSender(
    AlertmanagerClient client, string host, PostSource source, NotificationReports reports, TimeProvider time)
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    // Whoever asks to be left alone for longer would see alerts end that fire.
    private static readonly TimeSpan LongestToldWait = TimeSpan.FromMinutes(5);

    // A date is cut to the second and takes a while to arrive: a clock nearer than this counts as right.
    private static readonly TimeSpan NearClock = TimeSpan.FromSeconds(30);

    private readonly WakeSignal _wake = new(time);
    private readonly ConcurrentDictionary<AlertId, (PostKind Kind, long Round)> _sent = new();
    private readonly RefusedPosts _refused = new(time);
    private long _round;
    private long _roundBegan;
    private int _failures;

    /// <summary>Alerts may have changed.</summary>
    public void Wake() => _wake.Wake();

    /// <summary>How many changes of an agenda this Alertmanager has not taken yet.</summary>
    public int Pending(PostAgenda agenda) => agenda.Posts.Count(post => IsNews(post) && !_refused.Holds(post));

    /// <summary>Whether this Alertmanager refused an alert when it was last posted.</summary>
    public bool HasRefused(AlertId alert) => _refused.Holds(alert);

    /// <summary>Posts until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            var pause = await PostDueAsync(stopping);
            // Changes do not cut a backoff short, or a busy cloud would hammer an Alertmanager that is down.
            await (pause.IsBackoff
                ? Task.Delay(pause.Length, time, stopping)
                : _wake.WaitAsync(pause.Length, stopping));
        }
    }

    /// <summary>Posts all that is due now.</summary>
    /// <returns>When to look again at the latest.</returns>
    public async Task<Pause> PostDueAsync(CancellationToken stopping)
    {
        BeginRound();
        while (true)
        {
            // Made anew for each request: a round takes minutes where an Alertmanager is slow, and news must not wait for it.
            var agenda = source.Agenda();
            ForgetAllBut(agenda);
            if (NextOf(agenda) is not { } batch)
            {
                return new Pause(UntilNext(agenda), IsBackoff: false);
            }

            if (await PostAsync(batch, stopping) is { } failure)
            {
                return new Pause(WaitAfter(failure), IsBackoff: true);
            }
        }
    }

    private TimeSpan UntilNext(PostAgenda agenda)
    {
        var untilRound = source.Rules.ResendEvery - time.GetElapsedTime(_roundBegan);
        TimeSpan?[] waits = [untilRound, agenda.ChangesIn, agenda.Posts.Min(_refused.Wait)];
        return waits.Min()!.Value;
    }

    private void BeginRound()
    {
        if (_round == 0 || time.GetElapsedTime(_roundBegan) >= source.Rules.ResendEvery)
        {
            (_round, _roundBegan) = (_round + 1, time.GetTimestamp());
        }
    }

    private bool IsNews(PlannedPost post) => !_sent.TryGetValue(post.Alert.Id, out var sent) || sent.Kind != post.Kind;

    private bool IsDue(PlannedPost post) =>
        !_refused.Holds(post) &&
        (IsNews(post) || _sent.GetValueOrDefault(post.Alert.Id).Round != _round);

    private void ForgetAllBut(PostAgenda agenda)
    {
        var there = agenda.Posts.Select(post => post.Alert.Id).ToHashSet();
        foreach (var alert in _sent.Keys.Concat(_refused.Alerts).Where(alert => !there.Contains(alert)))
        {
            _sent.TryRemove(alert, out _);
            _refused.Remove(alert);
        }
    }

    // News first and what was refused last: alone, so that what is refused again is not looked for by halves again.
    private IReadOnlyList<WrittenPost>? NextOf(PostAgenda agenda) =>
        AlertBatches.Of(agenda.Posts.Where(IsDue).OrderBy(post => IsNews(post) ? 0 : 1), Write)
            .Concat(AlertBatches.Of(agenda.Posts.Where(post => _refused.Wait(post) <= TimeSpan.Zero).Take(1), Write))
            .FirstOrDefault();

    private byte[] Write(PlannedPost post) =>
        AlertBody.Write(post, source.Rules.Lifetime, TimesFor(post), source.ExternalUrl);

    private ShiftedTimes TimesFor(PlannedPost post)
    {
        var here = source.Alerts.CloudNow(post.Alert.Key.Target) ?? client.Clock.Now ?? time.GetUtcNow();
        return new ShiftedTimes(here, client.Clock.Now ?? here);
    }

    /// <summary>Posts a batch.</summary>
    /// <returns>The answer that failed it; null where each of its alerts was taken or refused.</returns>
    private async Task<ReceiverAnswer?> PostAsync(IReadOnlyList<WrittenPost> batch, CancellationToken stopping)
    {
        var wasClockKnown = client.Clock.Now is not null;
        var answer = await client.PostAsync(AlertBatches.Join(batch), stopping);
        if (answer.IsAccepted)
        {
            _failures = 0;
            if (!wasClockKnown && IsClockFarOff(batch[0].Post))
            {
                // By its clock these may have ended already, so they are not told yet.
                return await PostAsync([.. batch.Select(written => written with { Json = Write(written.Post) })], stopping);
            }

            Accept(batch);
            return null;
        }

        var isRefused = answer.Status is 400 or 413 or 422;
        if (isRefused && (await client.PostNothingAsync(stopping)).IsAccepted)
        {
            _failures = 0;
            return await PostPartsAsync(batch, answer, stopping);
        }

        Fail(batch.Count, answer);
        return answer;
    }

    // One that is not valid must not lose the others: halves are tried until it is alone.
    private async Task<ReceiverAnswer?> PostPartsAsync(
        IReadOnlyList<WrittenPost> batch, ReceiverAnswer answer, CancellationToken stopping)
    {
        if (batch.Count == 1)
        {
            Refuse(batch[0].Post, answer);
            return null;
        }

        var half = batch.Count / 2;
        return await PostAsync([.. batch.Take(half)], stopping) ?? await PostAsync([.. batch.Skip(half)], stopping);
    }

    private bool IsClockFarOff(PlannedPost post)
    {
        var times = TimesFor(post);
        return (times.There - times.Here).Duration() > NearClock;
    }

    private void Accept(IReadOnlyList<WrittenPost> batch)
    {
        reports.Accepted(source.Receiver, batch.Count);
        var isAnyFirst = false;
        foreach (var post in batch.Select(written => written.Post))
        {
            _sent[post.Alert.Id] = (post.Kind, _round);
            _refused.Remove(post.Alert.Id);
            var now = source.Alerts.CloudNow(post.Alert.Key.Target) ?? time.GetUtcNow();
            if (source.Accepted.Accept(post.Alert.Id, now))
            {
                isAnyFirst = true;
                reports.FirstAccepted(source.Receiver, post.Alert.Job?.EndedTime ?? post.Alert.ObservedTime, now);
            }
        }

        if (isAnyFirst)
        {
            source.FirstAccepted();
        }
    }

    private void Refuse(PlannedPost post, ReceiverAnswer answer)
    {
        if (_refused.Add(post))
        {
            reports.Rejected(source.Receiver);
            reports.Failed(source.Receiver, host, post.Alert.Id, attempt: 1, answer.Status, answer.Error!);
        }
    }

    private void Fail(int alerts, ReceiverAnswer answer)
    {
        _failures++;
        reports.Retried(source.Receiver, alerts);
        if (_failures == 1)
        {
            reports.Failed(source.Receiver, host, alert: null, _failures, answer.Status, answer.Error!);
        }
    }

    private TimeSpan WaitAfter(ReceiverAnswer failure)
    {
        if (failure.RetryAfter is { } told && told > TimeSpan.Zero)
        {
            return told < LongestToldWait ? told : LongestToldWait;
        }

        // Within one round of its return an Alertmanager knows all again.
        var longest = source.Rules.ResendEvery < LongestBackoff ? source.Rules.ResendEvery : LongestBackoff;
        return Backoff.Delay(_failures, longest, Random.Shared.NextDouble());
    }

    /// <summary>What lies between two looks.</summary>
    /// <param name="Length">How long it is at most.</param>
    /// <param name="IsBackoff">Whether it holds whatever happens.</param>
    internal readonly record struct Pause(TimeSpan Length, bool IsBackoff);
}
