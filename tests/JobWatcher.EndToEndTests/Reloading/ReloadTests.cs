using System.Text.Json;
using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Reloading;

/// <summary>The configuration file changes under the running service.</summary>
public sealed class ReloadTests : IAsyncLifetime
{
    private const string OtherProject = "719d3e78f61b4be68bc5aa0b59edcf7b";
    private const string Steps = "jobwatcher_job_transitions_total";
    private const string Polls = "jobwatcher_polls_total";

    private Cloud _cloud = null!;
    private Watcher _watcher = null!;
    private WatcherSettings _settings = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await Cloud.StartAsync("--project", Cloud.Project, "--project", OtherProject);
        // No timeout of the service's own ends what a test wants to see ended by a change.
        _settings = _cloud.Watched("prod") with { RequestTimeout = "5m" };
        _watcher = await Watcher.StartAsync(_settings);
        await _watcher.TellsAsync("TargetBaselined");
    }

    [Fact]
    public async Task A_target_comes_and_goes_though_its_poll_hangs_and_the_other_is_left_alone()
    {
        var both = _settings with { Targets = [Target("prod"), Target("extra", OtherProject)] };
        _watcher.Configure(both);
        Assert.Equal(["extra"], Names(await _watcher.TellsAsync("ConfigurationReloaded"), "AddedTargets"));
        await _watcher.TellsAsync("TargetBaselined", ("Target", "extra"));
        await _cloud.FailAsync(new CloudFault { NeverAnswers = true }.For(OtherProject));
        await Eventually.SeesAsync(async () => Assert.Equal(1, await _cloud.UnansweredAsync()));

        _watcher.Configure(_settings);

        await _watcher.ShowsAsync(scrape =>
        {
            Assert.DoesNotContain("\"extra\"", scrape.Text, StringComparison.Ordinal);
            Assert.Equal(1, scrape.Value("jobwatcher_configured_targets"));
        });
        var removed = await _watcher.TellsAsync("ConfigurationReloaded", ("Outcome", "All of it holds now."));
        Assert.Equal(JsonValueKind.Null, removed["RestartNeeded"].ValueKind);
        await PollsGoOnAsync();
        var end = await _watcher.ScrapeAsync();
        Assert.Equal(end.Value(Polls, ("outcome", "success")), end.Sum(Polls));
        Assert.Empty(_watcher.EventsOf("PollFailed"));
        Assert.Equal(0, await _watcher.Program.StopAsync());
    }

    [Fact]
    public async Task A_renamed_target_is_a_new_one_and_the_old_one_has_no_series()
    {
        _watcher.Configure(_settings with { Targets = [Target("live")] });

        await _watcher.TellsAsync("TargetBaselined", ("Target", "live"));

        var told = Assert.Single(_watcher.EventsOf("ConfigurationReloaded"));
        Assert.Equal((["live"], ["prod"]), (Names(told, "AddedTargets"), Names(told, "RemovedTargets")));
        await _watcher.ShowsAsync(scrape =>
        {
            Assert.DoesNotContain("\"prod\"", scrape.Text, StringComparison.Ordinal);
            Assert.Equal(1, scrape.Value("jobwatcher_target_up", ("target", "live")));
        });
    }

    [Fact]
    public async Task A_target_of_another_project_starts_anew_and_its_counters_go_on()
    {
        var job = new CloudJob();
        await _cloud.PutAsync(job);
        await _watcher.TellsAsync("JobAppeared", ("JobId", job.JobId));
        await _watcher.ShowsAsync(scrape => Assert.Equal(1, scrape.Sum(Steps)));
        await _cloud.PutIntoAsync(OtherProject, new CloudJob());
        var polls = (await _watcher.ScrapeAsync()).Value(Polls, ("outcome", "success"));

        _watcher.Configure(_settings with { Targets = [Target("prod", OtherProject)] });

        Assert.Equal(["prod"], Names(await _watcher.TellsAsync("ConfigurationReloaded"), "ChangedTargets"));
        await Eventually.SeesAsync(() =>
        {
            Assert.Equal(2, _watcher.EventsOf("TargetBaselined").Count);
            return Task.CompletedTask;
        });
        await _watcher.ShowsAsync(scrape =>
        {
            Assert.Equal(1, scrape.Sum("jobwatcher_jobs"));
            Assert.Single(scrape.Find("jobwatcher_target_info", ("project_id", OtherProject)));
            Assert.Equal(1, scrape.Sum(Steps));
            Assert.True(scrape.Value(Polls, ("outcome", "success")) > polls);
        });
        Assert.Single(_watcher.EventsOf("JobAppeared"));
    }

    [Fact]
    public async Task A_file_that_is_broken_is_told_with_its_places_and_its_repair_too()
    {
        var good = File.ReadAllText(_watcher.ConfigurationPath);

        _watcher.Configure(good + "nonsense: 1\n");

        var rejected = await _watcher.TellsAsync("ConfigurationRejected");
        var line = good.Count(character => character == '\n') + 1;
        Assert.StartsWith($"jobwatcher.yaml:{line}:1: nonsense: ", Assert.Single(Names(rejected, "Faults")), StringComparison.Ordinal);
        await _watcher.ShowsAsync(scrape => Assert.Equal(0, scrape.Value("jobwatcher_config_last_reload_successful")));
        await PollsGoOnAsync();
        _watcher.Configure(good);

        await _watcher.TellsAsync("ConfigurationReloaded");
        await _watcher.ShowsAsync(scrape => Assert.Equal(1, scrape.Value("jobwatcher_config_last_reload_successful")));
        Assert.Single(_watcher.EventsOf("ConfigurationRejected"));
        Assert.Equal(1, (await _watcher.ScrapeAsync()).Value("jobwatcher_target_up"));
        Assert.DoesNotContain(AccessKey.Example.Secret, rejected.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_needs_a_restart_is_told_and_the_rest_of_the_change_holds()
    {
        var yaml = File.ReadAllText(_watcher.ConfigurationPath);

        _watcher.Configure(yaml.Replace("path: jobwatcher.db", "path: other.db", StringComparison.Ordinal) + "metrics: { perJob: false }\n");

        var told = await _watcher.TellsAsync("ConfigurationReloaded");
        Assert.Equal(["store.path"], Names(told, "RestartNeeded"));
        Assert.Equal(["metrics"], Names(told, "ChangedSettings"));
        await PollsGoOnAsync();
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(_watcher.StorePath)!, "other.db")));
    }

    [Fact]
    public async Task A_volume_of_Kubernetes_whose_link_is_swapped_is_followed()
    {
        var volume = new LinkedVolume(_watcher.ConfigurationPath);

        volume.Swap(File.ReadAllText(_watcher.ConfigurationPath) + "metrics: { perJob: false }\n");

        Assert.Equal(["metrics"], Names(await _watcher.TellsAsync("ConfigurationReloaded"), "ChangedSettings"));
        await PollsGoOnAsync();
        Assert.Empty(_watcher.EventsOf("ConfigurationRejected"));
    }

    public async ValueTask DisposeAsync()
    {
        await (_watcher?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_cloud?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static string?[] Names(LogEvent told, string field) =>
        [.. told[field].EnumerateArray().Select(name => name.GetString())];

    private TargetSettings Target(string name, string project = Cloud.Project) => new(name, project, _cloud.Endpoint);

    private async Task PollsGoOnAsync()
    {
        var before = (await _watcher.ScrapeAsync()).Value(Polls, ("target", "prod"), ("outcome", "success"));
        await _watcher.ShowsAsync(scrape =>
            Assert.True(scrape.Value(Polls, ("target", "prod"), ("outcome", "success")) > before + 1));
    }
}
