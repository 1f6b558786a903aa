using JobWatcher.EndToEndTests.Alerting;
using JobWatcher.EndToEndTests.Chaos.Logs;
using JobWatcher.EndToEndTests.Chaos.Scenario;
using JobWatcher.EndToEndTests.Chaos.Store;
using JobWatcher.EndToEndTests.Chaos.Truth;
using JobWatcher.EndToEndTests.Chaos.Verdicts;
using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;
using Xunit.Sdk;

namespace JobWatcher.EndToEndTests.Chaos.Run;

/// <summary>
/// The real program over one store, against a cloud that goes on and fails, killed so often. Gathers what both sides know.
/// </summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    private const int KillsBeforeWatch = 3;
    private const int PollsAfterEnd = 3;
    private const int LastLines = 5;

    // What nobody repairs ends by age after a minute.
    private static readonly TimeSpan AlertsEndWithin = TimeSpan.FromMinutes(2);

    private static readonly IReadOnlyList<ChaosTarget> Targets = ChaosTarget.All;

    private readonly TempFolder _folder = new();
    private readonly TempFolder _aside = new();
    private readonly Cloud _cloud;
    private readonly RealAlertmanager _alertmanager;
    private readonly Probe _probe;
    private readonly JobDriver _jobs;
    private readonly FaultDriver _faults;
    private readonly Killer _killer;
    private readonly KillPlan _plan;
    private readonly List<ProcessLog> _processes = [];
    private readonly List<CommittedState> _committed = [];
    private readonly Dictionary<string, List<ServedAnswer>> _answers = Targets.ToDictionary(target => target.Name, _ => new List<ServedAnswer>(), StringComparer.Ordinal);

    private ChaosRun(Cloud cloud, RealAlertmanager alertmanager, int seed)
    {
        var port = FreePort.Next();
        _folder.Write("jobwatcher.yaml", ChaosConfiguration.ToYaml(Targets, cloud.Endpoint, alertmanager.Address, port));
        (_cloud, _alertmanager) = (cloud, alertmanager);
        _probe = new Probe(port);
        _jobs = new JobDriver(cloud, Targets, seed);
        _faults = new FaultDriver(cloud, Targets, seed);
#pragma warning disable CA5394 // A seed that can be given again is the point.
        var random = new Random(seed);
#pragma warning restore CA5394
        _killer = new Killer(cloud, _probe, _jobs, _faults, _folder.PathOf(ChaosConfiguration.StoreFile), random);
        _plan = new KillPlan(random);
    }

    // What fails by itself would go on doing so: the first one that does is judged.
    private ProcessLog? Failed => _processes.Find(process => process.HasFailed);

    private int Kills => _processes.Count(process => process.IsKilled);

    /// <summary>Runs from the first start to the last stop.</summary>
    /// <param name="seed">Decides what happens.</param>
    /// <param name="kills">How often it is killed.</param>
    public static async Task<Evidence> RunAsync(int seed, int kills)
    {
        await using var run = new ChaosRun(await Cloud.StartAsync(), await RealAlertmanager.StartAsync(), seed);
        return await run.RunAsync(kills);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _alertmanager.DisposeAsync();
        await _cloud.DisposeAsync();
        _probe.Dispose();
        _jobs.Dispose();
        _faults.Dispose();
        _folder.Dispose();
        _aside.Dispose();
    }

    private async Task<Evidence> RunAsync(int kills)
    {
        foreach (var target in Targets.Where(target => target.ProjectId != Cloud.Project))
        {
            await _cloud.AddProjectAsync(target.ProjectId, target.Paging, target.HidesFirst);
        }

        await _jobs.BeginAsync();
        var baseline = await StatusesAsync();
        await BeginWatchAsync();
        using var ending = new CancellationTokenSource();
        var driving = Task.WhenAll(_jobs.RunAsync(ending.Token), _faults.RunAsync(ending.Token));
        while (Kills < kills + _plan.Repeats && Failed is null && !driving.IsFaulted)
        {
            await LiveAsync(_plan.Next());
            if (_processes[^1] is { Moment: { } moment, IsMomentMet: false } && !_processes.Exists(process => process.Moment == moment && process.IsMomentMet))
            {
                _plan.Repeat(moment);
            }
        }

        await ending.CancelAsync();
        await driving;
        await _jobs.RepairAllAsync();
        await _cloud.MendAllAsync();
        // A process that comes when all has ended and was told has nothing to tell.
        var unsettled = Failed is { } failed
            ? $"Nothing was tried after {failed}."
            : await SettleAsync("stopped, after all had settled") ?? await SettleAsync("stopped, with nothing to tell");
        var final = await StatusesAsync();
        return new Evidence
        {
            Targets =
            [
                .. Targets.Select(target => new TargetTruth
                {
                    Name = target.Name,
                    Baseline = baseline[target.Name],
                    Final = final[target.Name],
                    Answers = _answers[target.Name],
                }),
            ],
            Processes = _processes,
            Store = StoreReader.Read(_folder.PathOf(ChaosConfiguration.StoreFile)),
            Committed = _committed,
            Scrapes = _probe.Noted,
            Notifications = _alertmanager.People.All,
            Cuts = _faults.Cuts,
            Unsettled = unsettled,
        };
    }

    // Until every job was taken in, nothing changes: so what is there at first is known, however often the start fails.
    private async Task BeginWatchAsync()
    {
        for (var kill = 0; kill < KillsBeforeWatch; kill++)
        {
            await LiveAsync(KillMoment.Starting);
        }

        await LiveAsync("Debug", async victim =>
        {
            await ShowsListAsync(victim);
            victim.Kill();
            return await victim.EndAsync("killed, once it watched", wasAsked: false);
        });
    }

    private Task LiveAsync(KillMoment moment) => LiveAsync(
        // Polls that are told one by one would wait for the unread output as the reporter of transitions does.
        moment is KillMoment.OutputUnread ? "Information" : "Debug", victim => _killer.EndAsync(victim, moment));

    // What does not settle is a defect among others, which may tell why.
    private async Task<string?> SettleAsync(string end)
    {
        string? unsettled = null;
        await LiveAsync("Debug", async victim =>
        {
            try
            {
                await ShowsListAsync(victim);
                await AlertsEndAsync(victim);
            }
            catch (XunitException exception)
            {
                unsettled = exception.Message;
            }

            // A counter is first shown as it was at take-over, and moves with the next scrape (rule R2).
            await _probe.NoteCountersAsync();
            await _probe.NoteCountersAsync();
            await victim.TerminateAsync();
            return await victim.EndAsync(end, wasAsked: true);
        });
        return unsettled;
    }

    private async Task LiveAsync(string logLevel, Func<Victim, Task<ProcessLog>> end)
    {
        var number = _processes.Count + 1;
        var key = AccessKey.Example with { Id = FormattableString.Invariant($"CHAOSPROCESS{number:D8}") };
        await _cloud.LetInAsync(key);
        await using var victim = Victim.Start(number, key, _folder, logLevel);
        _processes.Add(await end(victim));
        if (StoreReader.ReadCommitted(_folder.PathOf(ChaosConfiguration.StoreFile), number, _aside) is { } committed)
        {
            _committed.Add(committed);
        }

        foreach (var target in Targets)
        {
            _answers[target.Name].AddRange(await _cloud.AnswersAsync(target.ProjectId));
        }

        await _cloud.ForgetRequestsAsync();
    }

    // The gauges of open jobs are those of the list, and nothing waits to be told: the watcher has seen all there is. Ended
    // jobs that are listed no more may be shown until the next full listings.
    private async Task ShowsListAsync(Victim victim)
    {
        var statuses = await StatusesAsync();
        await Eventually.SeesAsync(async () =>
        {
            await LivesAsync(victim);
            var scrape = await ScrapeAsync();
            Assert.Equal(0, scrape.Sum("jobwatcher_unreported_transitions"));
            foreach (var target in Targets)
            {
                Assert.InRange(scrape.Sum("jobwatcher_polls_total", ("target", target.Name), ("outcome", "success")), 2, double.MaxValue);
                Assert.Equal(Counts(statuses[target.Name].Values), Counts(scrape, target.Name));
            }
        });
    }

    // Nothing fires any more, and people know. Some polls later, which take as long as resending all, they were told nothing else.
    private async Task AlertsEndAsync(Victim victim)
    {
        await Eventually.SeesAsync(
            async () =>
            {
                await LivesAsync(victim);
                Assert.Empty((await ScrapeAsync()).Find("jobwatcher_active_alert"));
                var told = _alertmanager.People.All.ToLookup(notification => (notification.Labels["target"], notification.Job));
                Assert.All(StoreReader.ReadAlerts(_folder.PathOf(ChaosConfiguration.StoreFile)), alert =>
                {
                    Assert.NotNull(alert.Ended);
                    Assert.Equal("resolved", told[(alert.Target, alert.JobId)].LastOrDefault()?.Status);
                });
            },
            AlertsEndWithin);
        await PollOnAsync();
    }

    private async Task PollOnAsync()
    {
        var polls = await PollsAsync();
        await Eventually.SeesAsync(async () => Assert.InRange(await PollsAsync(), polls + (PollsAfterEnd * Targets.Count), double.MaxValue));

        async Task<double> PollsAsync() => (await ScrapeAsync()).Sum("jobwatcher_polls_total");
    }

    private static async Task LivesAsync(Victim victim)
    {
        if (victim.HasExited)
        {
            var log = await victim.EndAsync("ended by itself", wasAsked: false);
            Assert.Fail($"The watcher has ended by itself with {log.ExitCode}. {log.Error}\n{string.Join('\n', log.Lines.TakeLast(LastLines))}");
        }
    }

    private async Task<Scrape> ScrapeAsync()
    {
        var scrape = await _probe.ScrapeAsync();
        Assert.NotNull(scrape);
        return scrape;
    }

    private static Dictionary<string, double> Counts(IEnumerable<string> statuses) =>
        statuses.Where(status => !TargetTruth.IsEnded(status)).GroupBy(status => status, StringComparer.Ordinal).ToDictionary(same => same.Key, same => (double)same.Count(), StringComparer.Ordinal);

    private static Dictionary<string, double> Counts(Scrape scrape, string target) => scrape.Find("jobwatcher_jobs", ("target", target))
        .GroupBy(series => series.Labels["status"], StringComparer.Ordinal)
        .Select(series => (Status: series.Key, Jobs: series.Sum(one => one.Value)))
        .Where(count => count.Jobs > 0 && !TargetTruth.IsEnded(count.Status))
        .ToDictionary(count => count.Status, count => count.Jobs, StringComparer.Ordinal);

    private async Task<Dictionary<string, IReadOnlyDictionary<string, string>>> StatusesAsync()
    {
        var statuses = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var target in Targets)
        {
            statuses[target.Name] = await _cloud.StatusesAsync(target.ProjectId);
        }

        return statuses;
    }
}
