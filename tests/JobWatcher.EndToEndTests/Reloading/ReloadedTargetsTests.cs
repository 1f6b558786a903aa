using System.Text.Json;
using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;
using static JobWatcher.EndToEndTests.Reloading.ReloadRig;

namespace JobWatcher.EndToEndTests.Reloading;

/// <summary>Targets come, go and change in the configuration file under the running service.</summary>
public sealed class ReloadedTargetsTests : IAsyncLifetime
{
    private ReloadRig _rig = null!;

    private Watcher Watcher => _rig.Watcher;

    private Cloud Cloud => _rig.Cloud;

    public async ValueTask InitializeAsync() => _rig = await StartAsync();

    [Fact]
    public async Task A_target_comes_and_goes_and_the_other_is_left_alone()
    {
        _rig.Watch(_rig.Target("prod"), _rig.Target("extra", OtherProject));
        Assert.Equal(["extra"], Names(await Watcher.TellsAsync("ConfigurationReloaded"), "AddedTargets"));
        await Watcher.TellsAsync("TargetBaselined", ("Target", "extra"));

        _rig.Watch(_rig.Target("prod"));

        var (removed, without) = await _rig.RemovesAsync("extra");
        Assert.Equal(1, without.Value("jobwatcher_configured_targets"));
        Assert.Equal(2, Watcher.EventsOf("ConfigurationReloaded").Count);
        Assert.Equal(JsonValueKind.Null, removed["RestartNeeded"].ValueKind);
        await _rig.PollsGoOnAsync();
        var end = await Watcher.ScrapeAsync();
        Assert.Equal(end.Value(Polls, ("outcome", "success")), end.Sum(Polls));
        Assert.Empty(Watcher.EventsOf("PollFailed"));
        Assert.Equal(0, await Watcher.Program.StopAsync());
    }

    [Fact]
    public async Task The_poll_in_flight_of_a_removed_target_is_cancelled_and_those_of_others_go_on()
    {
        using var leaving = new SilentServer();
        using var staying = new SilentServer();
        var stays = new TargetSettings("staying", OtherProject, staying.Endpoint);
        _rig.Watch(_rig.Target("prod"), stays, new TargetSettings("leaving", OtherProject, leaving.Endpoint));
        await leaving.IsAskedAsync();
        await staying.IsAskedAsync();

        _rig.Watch(_rig.Target("prod"), stays);

        await leaving.IsLeftAsync();
        await _rig.RemovesAsync("leaving");
        await staying.AnswerAsync();
        await Watcher.TellsAsync("TargetBaselined", ("Target", "staying"));
        Assert.Empty(Watcher.EventsOf("PollFailed"));
    }

    [Fact]
    public async Task A_removed_target_that_returns_goes_on_where_it_stood()
    {
        var job = new CloudJob { Status = "Running" };
        await Cloud.PutAsync(job);
        await Watcher.TellsAsync("JobAppeared", ("JobId", job.JobId));
        _rig.Watch(_rig.Target("other", OtherProject));
        await _rig.RemovesAsync("prod");
        await Cloud.PutAsync(job with { Status = "Completed" });

        _rig.Watch(_rig.Target("prod"));

        var ended = await Watcher.TellsAsync("JobStatusChanged", ("JobId", job.JobId));
        Assert.Equal(("Running", "Completed"), (ended.Text("FromStatus"), ended.Text("ToStatus")));
        await Watcher.ShowsAsync(scrape => Assert.Equal(2, scrape.Sum(Steps)));
        Assert.Single(Watcher.EventsOf("TargetBaselined"), told => told.Text("Target") == "prod");
        Assert.Single(Watcher.EventsOf("JobAppeared"));
    }

    [Fact]
    public async Task A_renamed_target_is_a_new_one_and_the_old_one_has_no_series()
    {
        _rig.Watch(_rig.Target("live"));

        var (told, _) = await _rig.RemovesAsync("prod");
        Assert.Equal(["live"], Names(told, "AddedTargets"));
        await Watcher.TellsAsync("TargetBaselined", ("Target", "live"));
        await Watcher.ShowsAsync(scrape => Assert.Equal(1, scrape.Value("jobwatcher_target_up", ("target", "live"))));
        Assert.Single(Watcher.EventsOf("ConfigurationReloaded"));
    }

    [Fact]
    public async Task A_target_of_another_project_starts_anew_and_its_counters_go_on()
    {
        var job = new CloudJob();
        await Cloud.PutAsync(job);
        await Watcher.TellsAsync("JobAppeared", ("JobId", job.JobId));
        await Watcher.ShowsAsync(scrape => Assert.Equal(1, scrape.Sum(Steps)));
        await Cloud.PutIntoAsync(OtherProject, new CloudJob());
        await Watcher.ShowsAsync(scrape => Assert.True(scrape.Value(Polls, ("outcome", "success")) > 5));
        var polls = (await Watcher.ScrapeAsync()).Value(Polls, ("outcome", "success"));

        _rig.Watch(_rig.Target("prod", OtherProject));

        Assert.Equal(["prod"], Names(await Watcher.TellsAsync("ConfigurationReloaded"), "ChangedTargets"));
        Assert.True((await Watcher.ScrapeAsync()).Value(Polls, ("outcome", "success")) >= polls);
        await Eventually.SeesAsync(() =>
        {
            Assert.Equal(2, Watcher.EventsOf("TargetBaselined").Count);
            return Task.CompletedTask;
        });
        await Watcher.ShowsAsync(scrape =>
        {
            Assert.Equal(1, scrape.Sum("jobwatcher_jobs"));
            Assert.Single(scrape.Find("jobwatcher_target_info", ("project_id", OtherProject)));
            Assert.Equal(1, scrape.Sum(Steps));
        });
        Assert.Single(Watcher.EventsOf("JobAppeared"));
    }

    [Fact]
    public async Task A_shorter_interval_does_not_wait_for_the_longer_one_to_pass()
    {
        var rare = _rig.Target("rare", OtherProject) with { Interval = "1d" };
        _rig.Watch(_rig.Target("prod"), rare);
        await Watcher.TellsAsync("ConfigurationReloaded");

        _rig.Watch(_rig.Target("prod"), rare with { Interval = "1s" });

        await Watcher.TellsAsync("TargetBaselined", ("Target", "rare"));
        await _rig.PollsGoOnAsync("rare");
        Assert.Equal(["rare"], Names(Watcher.EventsOf("ConfigurationReloaded")[^1], "ChangedTargets"));
    }

    [Fact]
    public async Task Other_credentials_take_effect_and_no_log_shows_them()
    {
        var renewed = new AccessKey("ENDTOENDACCESSKEY002", "end-to-end-secret-key-that-nobody-uses-02");
        await Cloud.LetInAsync(renewed);
        await Watcher.TellsAsync("PollFailed");

        Watcher.Configure(_rig.Settings with { Key = renewed });

        await Watcher.TellsAsync("PollRecovered");
        await _rig.PollsGoOnAsync();
        Assert.Equal(["prod"], Names(Assert.Single(Watcher.EventsOf("ConfigurationReloaded")), "ChangedTargets"));
        Assert.DoesNotContain(Watcher.Program.Output.All, line => line.Contains(renewed.Secret, StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => _rig?.DisposeAsync() ?? ValueTask.CompletedTask;
}
