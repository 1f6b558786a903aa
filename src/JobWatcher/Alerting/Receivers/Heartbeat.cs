using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Configuration.Alerting;
using JobWatcher.Polling.Targets;

namespace JobWatcher.Alerting.Receivers;

/// <summary>
/// Calls an address again and again while polls are answered and committed, so that somebody else notices when they are not:
/// a dead man's switch. A call that fails is not repeated before the next one is due. The first comes with the first answered
/// poll, so that a process which is started anew more often than calls are due calls all the same.
/// </summary>
internal sealed partial class Heartbeat(
    TargetWatches watches, ReceiverHttp http, TimeProvider time, ILogger<Heartbeat> logger)
{
    private const int IntervalsToBeLate = 3;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);

    // What was called last goes on over other plans.
    private (SecretAddress Url, long Timestamp)? _called;
    private bool _failing;

    /// <summary>Calls until told to stop, because the process ends or another plan is in force.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ended"/> fired.</exception>
    public async Task RunAsync(ReceiverPlan plan, CancellationToken ended)
    {
        if (plan.Heartbeat is not { } heartbeat)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, ended);
            return;
        }

        using var client = http.CreateClient(ReceiverAccess.Plain);
        var every = heartbeat.Every.Value;
        while (true)
        {
            if (UntilDue(heartbeat) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, time, ended);
            }
            else if (IsWatching(every))
            {
                var began = time.GetTimestamp();
                await CallAsync(client, heartbeat.Url, ended);
                _called = (heartbeat.Url, began);
            }
            else
            {
                await Task.Delay(every < LongestLook ? every : LongestLook, time, ended);
            }
        }
    }

    private TimeSpan UntilDue(HeartbeatConfiguration heartbeat) =>
        _called is var (url, timestamp) && url.Equals(heartbeat.Url)
            ? heartbeat.Every.Value - time.GetElapsedTime(timestamp)
            : TimeSpan.Zero;

    // A poll is answered and committed, or its target's state is as it was.
    private bool IsWatching(TimeSpan every)
    {
        // Looked at once: a reload that replaces every target leaves none for a moment.
        var all = watches.All;
        var answered = all.Where(watch => watch.State.HasAnswered).ToList();
        return answered.Count > 0 &&
            answered.Min(watch => time.GetElapsedTime(watch.State.AnsweredTimestamp)) <= Patience(all, every);
    }

    private static TimeSpan Patience(IReadOnlyCollection<TargetWatch> all, TimeSpan every)
    {
        var late = all.Min(watch => watch.Interval) * IntervalsToBeLate;
        return late > every ? late : every;
    }

    private async Task CallAsync(HttpClient client, SecretAddress url, CancellationToken ended)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url.Reveal());
        var answer = await ReceiverExchange.SendAsync(client, request, RequestTimeout, time, ended);
        if (answer.Error is { } error && !_failing)
        {
            Log.HeartbeatFailed(logger, url.ToString(), error, answer.Status);
        }

        _failing = !answer.IsAccepted;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.HeartbeatFailed, LogLevel.Warning,
            "The heartbeat could not be sent to {Host}. {Error}",
            EventName = nameof(EventIds.HeartbeatFailed))]
        public static partial void HeartbeatFailed(ILogger logger, string host, string error, int? httpStatus);
    }
}
