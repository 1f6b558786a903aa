using System.Diagnostics;
using JobWatcher.EndToEndTests.Chaos.Logs;
using JobWatcher.EndToEndTests.Chaos.Scenario;
using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Chaos.Run;

/// <summary>Brings processes to their end, each at its moment. Delays are random here because instants are what is tried.</summary>
internal sealed class Killer(Cloud cloud, Probe probe, JobDriver jobs, FaultDriver faults, string storePath, Random random)
{
    // Longer than a pipe, with lines of half a kilobyte and more.
    private const int MoreThanAPipeTakes = 250;
    private const int PollsWhileUnread = 4;

    // What all targets together ask within some three polls.
    private const int MostRequests = 20;

    // Longer than a cut of the API and the pause of the circuit breaker that may follow it, in which nothing is committed.
    private static readonly TimeSpan LongestLull = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(5);

    // Five runs that ask all the time would take the processors from those that they kill.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Ends a process.</summary>
    public async Task<ProcessLog> EndAsync(Victim victim, KillMoment moment)
    {
        var isMet = await MeetAsync(victim, moment);
        if (moment is not KillMoment.Stopped)
        {
            victim.Kill();
        }

        var log = await victim.EndAsync(
            moment is KillMoment.Stopped ? "stopped" : $"killed, {moment}{(isMet ? "" : ", which did not come")}",
            wasAsked: moment is KillMoment.Stopping or KillMoment.Stopped);
        return log with { Moment = moment, IsMomentMet = isMet && log.IsKilled == moment is not KillMoment.Stopped };
    }

    // Whether the moment came: where it did not, the process is ended all the same, at an instant like any other.
    private async Task<bool> MeetAsync(Victim victim, KillMoment moment)
    {
        switch (moment)
        {
            case KillMoment.Starting:
                return await BeginsWithStoreAsync(victim);
            case KillMoment.AtRandom:
                await RequestedAsync(victim, atMost: 1);
                await DelayAsync(0, 2500);
                await probe.NoteCountersAsync();
                return true;
            case KillMoment.AfterRequest:
                await RequestedAsync(victim, MostRequests);
                await DelayAsync(0, 40);
                return true;
            case KillMoment.Committing:
                await RequestedAsync(victim, MostRequests);
                return await StoreChangesAsync(victim);
            case KillMoment.AfterEvent:
                await RequestedAsync(victim, MostRequests);
                return await TellsTransitionAsync(victim);
            case KillMoment.OutputUnread:
                await faults.WithoutFaultsAsync(() => LeaveUnreadAsync(victim));
                return true;
            case KillMoment.Stopping:
                await RequestedAsync(victim, MostRequests);
                await victim.TerminateAsync();
                await DelayAsync(0, 60);
                return true;
            default:
                await RequestedAsync(victim, MostRequests);
                await probe.NoteCountersAsync();
                await victim.TerminateAsync();
                return true;
        }
    }

    private Task DelayAsync(int least, int most) =>
#pragma warning disable CA5394 // A seed that can be given again is the point.
        Task.Delay(TimeSpan.FromMilliseconds(least + ((most - least) * random.NextDouble())));

    private async Task RequestedAsync(Victim victim, int atMost)
    {
        var wanted = random.Next(1, atMost + 1);
#pragma warning restore CA5394
        var (last, counted) = (0L, Stopwatch.GetTimestamp());
        await UntilAsync(victim, async () =>
        {
            var requests = await cloud.CountRequestsAsync();
            (last, counted) = requests == last ? (last, counted) : (requests, Stopwatch.GetTimestamp());
            // One that meets a cut stops asking for some time: that is an instant like any other.
            return requests >= wanted || (requests > 0 && Stopwatch.GetElapsedTime(counted) > LongestSilence);
        });
    }

    // From the first look at the store to the first poll: how long that takes is up to the machine.
    private async Task<bool> BeginsWithStoreAsync(Victim victim)
    {
        var isMet = await SoonAsync(victim, ShortPause, Eventually.Deadline, () => victim.HasOpened(storePath));
        await DelayAsync(0, 400);
        return isMet;
    }

    private Task<bool> StoreChangesAsync(Victim victim)
    {
        var log = new FileInfo(storePath + "-wal");
        var (length, written) = (log.Exists ? log.Length : 0, log.LastWriteTimeUtc);
        return SoonAsync(victim, ShortestPause, LongestLull, () =>
        {
            log.Refresh();
            return log.Exists && (log.Length != length || log.LastWriteTimeUtc != written);
        });
    }

    private async Task<bool> TellsTransitionAsync(Victim victim)
    {
        var told = victim.TellsTransitionAsync();
        var isMet = await SoonAsync(victim, ShortestPause, LongestLull, () => told.IsCompleted);
        await DelayAsync(0, 3);
        return isMet;
    }

    private static async Task<bool> SoonAsync(Victim victim, TimeSpan pause, TimeSpan within, Func<bool> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!victim.HasExited && Stopwatch.GetElapsedTime(started) < within)
        {
            if (holds())
            {
                return true;
            }

            await Task.Delay(pause);
        }

        return false;
    }

    private async Task LeaveUnreadAsync(Victim victim)
    {
        await UntilAsync(victim, async () => await probe.ScrapeAsync() is { } scrape && Polls(scrape) >= ChaosTarget.All.Count);
        victim.StopReading();
        await jobs.BurstAsync(ChaosTarget.All[0], MoreThanAPipeTakes);
        await UntilAsync(victim, async () => await probe.ScrapeAsync() is { } scrape && Unreported(scrape) > 0);
        var before = await probe.ScrapeAsync();
        await jobs.AppearEverywhereAsync();
        await UntilAsync(victim, async () => await probe.ScrapeAsync() is { } scrape &&
            Polls(scrape) >= Polls(before!) + PollsWhileUnread && Unreported(scrape) > 0);
    }

    private static double Polls(Scrape scrape) => scrape.Sum("jobwatcher_polls_total", ("outcome", "success"));

    private static double Unreported(Scrape scrape) => scrape.Sum("jobwatcher_unreported_transitions");

    private static async Task UntilAsync(Victim victim, Func<Task<bool>> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!victim.HasExited && !await holds())
        {
            if (Stopwatch.GetElapsedTime(started) > Eventually.Deadline)
            {
                throw new TimeoutException($"The watcher did not come to the point within {Eventually.Deadline.TotalSeconds} s.");
            }

            await Task.Delay(Pause);
        }
    }
}
