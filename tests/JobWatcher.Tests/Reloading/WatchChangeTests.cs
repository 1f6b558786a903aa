using JobWatcher.Configuration.Credentials;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Planning;
using JobWatcher.Polling;
using JobWatcher.Polling.Budgets;
using JobWatcher.Polling.Scheduling;
using JobWatcher.Polling.Targets;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Simulator.Faults;
using JobWatcher.Storage;
using JobWatcher.Tests.Polling;
using JobWatcher.Tests.Polling.Fleet;
using Microsoft.Extensions.Logging;
using Quartz;
using Serilog.Core;
using Serilog.Events;

namespace JobWatcher.Tests.Reloading;

/// <summary>What a change of the configuration does to a service that runs, over real sockets and the real scheduler.</summary>
public sealed class WatchChangeTests : IAsyncLifetime
{
    private const int Targets = 2;

    private FleetRig _fleet = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await FleetRig.CreateAsync(new FleetPlan(
            Targets,
            Interval: TimeSpan.FromMilliseconds(300),
            PollTimeout: TimeSpan.FromMinutes(5),
            UnknownAfter: TimeSpan.FromMinutes(5),
            RequestTimeout: TimeSpan.FromMinutes(5),
            new RequestRate(100_000, TimeSpan.FromMinutes(5)))
        {
            SpareProjects = 1,
        });
        await _fleet.StartAsync();
        await Eventually.Holds(() => _fleet.Watches.All(watch => Polls(watch) > 0));
    }

    [Fact]
    public async Task An_added_target_is_polled_and_the_others_keep_watch_and_trigger()
    {
        var before = _fleet.Watches.ToList();
        var triggers = await TriggersAsync();

        await _fleet.ChangeAsync(plan => plan with { Targets = [New(plan), .. plan.Targets] });

        await Eventually.Holds(() => Polls(_fleet.Watch(Targets)) > 1);
        Assert.Equal(before, _fleet.Watches.Take(Targets));
        Assert.Equal(triggers, (await TriggersAsync()).Take(Targets));
    }

    [Fact]
    public async Task A_removed_target_has_no_trigger_and_no_poll_and_its_rows_stay()
    {
        var gone = await HangAsync(0);

        await _fleet.ChangeAsync(plan => plan with { Targets = [plan.Targets[1]] });

        Assert.Equal(["target-01"], _fleet.Watches.Select(watch => watch.Target.Name));
        Assert.Equal(["target-01"], (await TriggersAsync()).Select(trigger => trigger.Name));
        Assert.False(await gone.Retirement.RetireAsync());
        Assert.True(gone.Retirement.Succession.IsCompleted);
        Assert.DoesNotContain(PollOutcome.Timeout, gone.State.Polls.Keys);
        var cursors = await _fleet.Get<IWatchStore>().ReadCursorsAsync("log", WatchRig.Token);
        Assert.Equal(["target-00", "target-01"], cursors.Select(cursor => cursor.Target));
        await PollsGoOnAsync(_fleet.Watch(1));
    }

    [Fact]
    public async Task A_target_that_comes_back_goes_on_where_it_stood()
    {
        var watchFrom = _fleet.Watch(0).State.Record!.WatchFrom;
        await _fleet.ChangeAsync(plan => plan with { Targets = [plan.Targets[1]] });

        await _fleet.ChangeAsync(plan => plan with { Targets = [.. plan.Targets, Number(0, plan)] });

        Assert.Equal(watchFrom, _fleet.Watch(0).State.Record!.WatchFrom);
        Assert.False(_fleet.Watch(0).State.HasAnswered);
        await PollsGoOnAsync(_fleet.Watch(0));
    }

    [Fact]
    public async Task A_poll_that_a_change_cut_off_is_made_up_for_at_once_and_nothing_counts_backwards()
    {
        await _fleet.ChangeAsync(plan => plan with { Targets = [Every(TimeSpan.FromHours(20), plan.Targets[0]), plan.Targets[1]] });
        var requests = _fleet.Watch(0).Calls.Listings;
        var before = await HangAsync(0, pollNow: true);
        var polls = Polls(before);
        _fleet.Cloud.Faults.Clear();

        await _fleet.ChangeAsync(plan => plan with
        {
            Targets = [plan.Targets[0] with { Language = "zh-cn" }, plan.Targets[1]],
        });

        Assert.NotSame(before, _fleet.Watch(0));
        await Eventually.Holds(() => Polls(_fleet.Watch(0)) > polls);
        Assert.True(_fleet.Watch(0).Calls.Listings > requests);
        Assert.Equal(polls, Polls(before));
    }

    [Fact]
    public async Task A_turn_that_falls_due_during_a_change_is_taken_right_after_it()
    {
        await _fleet.ChangeAsync(plan => plan with { Targets = [.. plan.Targets.Select(planned => Every(TimeSpan.FromHours(20), planned))] });
        await TakeTurnAsync();
        var (before, polls) = (_fleet.Watch(0), Polls(_fleet.Watch(0)));
        var lastPollOfOther = _fleet.Watch(1).Retirement.Begin(WatchRig.Token)!;

        var change = _fleet.ChangeAsync(plan => plan with
        {
            Targets = [.. plan.Targets.Select(planned => planned with { Language = "zh-cn" })],
        });
        await Eventually.Holds(() => before.Retirement.HasBegun);
        await TakeTurnAsync();
        lastPollOfOther.Dispose();
        await change;

        Assert.NotSame(before, _fleet.Watch(0));
        Assert.True(before.Retirement.Succession.IsCompleted);
        await Eventually.Holds(() => Polls(_fleet.Watch(0)) > polls);
    }

    [Fact]
    public async Task A_shorter_interval_holds_at_once_and_the_phase_of_others_stays()
    {
        await _fleet.ChangeAsync(plan => plan with { Targets = [Every(TimeSpan.FromHours(20), plan.Targets[0]), plan.Targets[1]] });
        var triggers = await TriggersAsync();
        var polls = Polls(_fleet.Watch(0));

        await _fleet.ChangeAsync(plan => plan with { Targets = [Every(TimeSpan.FromMilliseconds(300), plan.Targets[0]), plan.Targets[1]] });

        await Eventually.Holds(() => Polls(_fleet.Watch(0)) > polls + 1);
        var after = await TriggersAsync();
        Assert.NotEqual(triggers[0], after[0]);
        Assert.Equal(triggers[1], after[1]);
    }

    [Fact]
    public async Task A_target_added_beside_ones_that_hang_is_polled()
    {
        await HangAsync(0);
        await HangAsync(1);

        await _fleet.ChangeAsync(plan => plan with { Targets = [New(plan), .. plan.Targets] });

        await Eventually.Holds(() => Polls(_fleet.Watch(Targets)) > 1);
    }

    [Fact]
    public async Task Credentials_take_effect_and_those_that_nobody_uses_are_dropped()
    {
        var wrong = new TokenConfiguration(new SecretConfiguration("wrong"));
        await _fleet.ChangeAsync(plan => plan with { Targets = [.. plan.Targets.Select(planned => planned with { Credentials = wrong })] });
        await Eventually.Holds(() => _fleet.Watch(0).State.LastOutcome == PollOutcome.Unauthorized);
        var good = Number(0, _fleet.Plan).Credentials;
        var old = _fleet.Watch(0).Share;

        await _fleet.ChangeAsync(plan => plan with
        {
            Targets = [.. plan.Targets.Select(planned => planned with
            {
                Credentials = FleetRig.Credentials, Target = planned.Target with { Credentials = "renamed" },
            })],
        });

        Assert.Same(wrong, good);
        await Eventually.Holds(() => _fleet.Watches.All(watch => watch.State.LastOutcome == PollOutcome.Success));
        Assert.Equal(["renamed"], _fleet.Get<EntryShares>().All.Select(share => share.Name));
        Assert.DoesNotContain(old, _fleet.Get<EntryShares>().All);
    }

    [Fact]
    public async Task Budget_metrics_and_level_change_without_touching_a_target()
    {
        var before = _fleet.Watches.ToList();
        var rate = new RequestRate(5000, TimeSpan.FromMinutes(1));

        await _fleet.ChangeAsync(plan => plan with
        {
            Budget = new EntryBudget(rate, MaxConcurrency: 3),
            Metrics = plan.Metrics with { KnownJobNamesAtZero = false },
            LogLevel = LogLevel.Error,
        });

        Assert.Equal(before, _fleet.Watches);
        Assert.Equal(rate, _fleet.Share.Rate);
        Assert.Equal(rate, _fleet.Share.Limits.Budget.Rate);
        Assert.Equal(LogEventLevel.Error, _fleet.Get<LoggingLevelSwitch>().MinimumLevel);
        Assert.DoesNotContain(_fleet.Get<StateSamples>().Now(), sample => sample.Family == MetricFamilies.JobFailures);
        await PollsGoOnAsync(_fleet.Watch(0));
    }

    [Fact]
    public async Task A_file_of_certificates_that_went_bad_meanwhile_changes_nothing_at_all()
    {
        var before = _fleet.Watches.ToList();
        var plan = _fleet.Plan;

        await _fleet.ChangeAsync(_ => plan with
        {
            Targets = [Using("other", New(plan)), plan.Targets[0] with { CaFile = "/nowhere/ca.pem" }],
            LogLevel = LogLevel.Error,
        });

        Assert.Equal(before, _fleet.Watches);
        Assert.Equal(LogEventLevel.Fatal, _fleet.Get<LoggingLevelSwitch>().MinimumLevel);
        Assert.Equal([plan.Targets[0].Target.Credentials], _fleet.Get<EntryShares>().All.Select(share => share.Name));
        Assert.Equal(0, _fleet.Get<StateSamples>().Now().Single(sample => sample.Family == MetricFamilies.ConfigLastReloadSuccessful).Value);
        await PollsGoOnAsync(_fleet.Watch(1));
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    private static long Polls(TargetWatch watch) => watch.State.Polls.Values.Sum();

    private static PlannedTarget Every(TimeSpan interval, PlannedTarget planned) =>
        planned with { Target = planned.Target with { Interval = interval } };

    private static PlannedTarget Using(string credentials, PlannedTarget planned) =>
        planned with { Target = planned.Target with { Credentials = credentials } };

    private static PlannedTarget New(WatcherPlan plan) => Number(Targets, plan);

    private static PlannedTarget Number(int number, WatcherPlan plan) => plan.Targets[0] with
    {
        Target = plan.Targets[0].Target with { Name = $"target-{number:00}", ProjectId = FleetRig.ProjectOf(number) },
    };

    private static async Task PollsGoOnAsync(TargetWatch watch)
    {
        var before = Polls(watch);
        await Eventually.Holds(() => Polls(watch) > before + 1);
    }

    /// <summary>Lets the cloud answer a target no more, and waits until a poll of it hangs.</summary>
    private async Task<TargetWatch> HangAsync(int number, bool pollNow = false)
    {
        var watch = _fleet.Watch(number);
        _fleet.Cloud.Faults.Put(new Fault { Project = FleetRig.ProjectOf(number), NeverAnswers = true });
        if (pollNow)
        {
            await _fleet.Get<PollSchedule>().PollNowAsync(watch.Target.Name, WatchRig.Token);
        }

        await Eventually.Holds(() => _fleet.Cloud.Requests.Snapshot().Any(request =>
            request.Status is null && request.Path.Contains(FleetRig.ProjectOf(number), StringComparison.Ordinal)));
        return watch;
    }

    /// <summary>Lets the first target's turn come now, and waits until it has.</summary>
    private async Task TakeTurnAsync()
    {
        var scheduler = await _fleet.Get<ISchedulerFactory>().GetScheduler(WatchRig.Token);
        await _fleet.Get<PollSchedule>().PollNowAsync("target-00", WatchRig.Token);
        await Eventually.Holds(async () => (await scheduler.GetTriggersOfJob(new JobKey("target-00"), WatchRig.Token))
            .All(trigger => trigger.Key.Name == "target-00" || trigger.NextFireTimeUtc is null));
    }

    private async Task<IReadOnlyList<(string Name, DateTimeOffset Start)>> TriggersAsync()
    {
        var scheduler = await _fleet.Get<ISchedulerFactory>().GetScheduler(WatchRig.Token);
        var triggers = new List<(string Name, DateTimeOffset)>();
        foreach (var key in await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.AnyGroup(), WatchRig.Token))
        {
            if (key.Name.StartsWith("target-", StringComparison.Ordinal) && await scheduler.GetTrigger(key, WatchRig.Token) is { } trigger)
            {
                triggers.Add((key.Name, trigger.StartTimeUtc));
            }
        }

        return [.. triggers.OrderBy(trigger => trigger.Name, StringComparer.Ordinal)];
    }
}
