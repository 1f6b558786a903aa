using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;
using static JobWatcher.EndToEndTests.Reloading.ReloadRig;

namespace JobWatcher.EndToEndTests.Reloading;

/// <summary>The files of the configuration change under the running service.</summary>
public sealed class ReloadTests : IAsyncLifetime
{
    private ReloadRig _rig = null!;

    private Watcher Watcher => _rig.Watcher;

    private string Folder => Path.GetDirectoryName(Watcher.ConfigurationPath)!;

    public async ValueTask InitializeAsync() => _rig = await StartAsync("targetFiles: [targets-*.yaml]");

    [Fact]
    public async Task A_file_that_is_broken_is_told_with_its_places_and_its_repair_too()
    {
        var good = File.ReadAllText(Watcher.ConfigurationPath);

        Watcher.Configure(good + "nonsense: 1\n");

        var rejected = await Watcher.TellsAsync("ConfigurationRejected");
        var line = good.Count(character => character == '\n') + 1;
        Assert.StartsWith($"jobwatcher.yaml:{line}:1: nonsense: ", Assert.Single(Names(rejected, "Faults")), StringComparison.Ordinal);
        await Watcher.ShowsAsync(scrape => Assert.Equal(0, scrape.Value("jobwatcher_config_last_reload_successful")));
        await _rig.PollsGoOnAsync();
        Watcher.Configure(good);

        await Watcher.TellsAsync("ConfigurationReloaded");
        await Watcher.ShowsAsync(scrape => Assert.Equal(1, scrape.Value("jobwatcher_config_last_reload_successful")));
        Assert.Single(Watcher.EventsOf("ConfigurationRejected"));
        Assert.Equal(1, (await Watcher.ScrapeAsync()).Value("jobwatcher_target_up"));
        Assert.DoesNotContain(AccessKey.Example.Secret, rejected.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_lists_nothing_to_watch_leaves_the_targets_watched()
    {
        Watcher.Configure("");

        var rejected = await Watcher.TellsAsync("ConfigurationRejected");
        Assert.Contains(Names(rejected, "Faults"), fault => fault!.Contains("nothing to watch", StringComparison.Ordinal));
        await _rig.PollsGoOnAsync();
    }

    [Fact]
    public async Task What_needs_a_restart_is_told_and_the_rest_of_the_change_holds()
    {
        var yaml = File.ReadAllText(Watcher.ConfigurationPath);
        var moved = yaml
            .Replace("path: jobwatcher.db", "path: other.db", StringComparison.Ordinal)
            .Replace("listen: \"http://127.0.0.1:", "listen: \"http://127.0.0.2:", StringComparison.Ordinal);

        Watcher.Configure(moved + "metrics: { perJob: false }\n");

        var told = await Watcher.TellsAsync("ConfigurationReloaded");
        Assert.Equal(["store.path", "server.listen"], Names(told, "RestartNeeded"));
        Assert.Equal(["metrics"], Names(told, "ChangedSettings"));
        await _rig.PollsGoOnAsync();
        Assert.False(File.Exists(Path.Combine(Folder, "other.db")));
    }

    [Fact]
    public async Task A_volume_of_Kubernetes_whose_link_is_swapped_is_followed()
    {
        var volume = new LinkedVolume(Folder);
        var yaml = File.ReadAllText(Watcher.ConfigurationPath);
        volume.Swap(("jobwatcher.yaml", yaml));

        volume.Swap(("jobwatcher.yaml", yaml + "metrics: { perJob: false }\n"));
        var first = await Watcher.TellsAsync("ConfigurationReloaded");
        volume.Swap(("jobwatcher.yaml", yaml + "metrics: { perJob: false }\nlogging: { level: Debug }\n"));
        await Eventually.SeesAsync(() =>
        {
            Assert.Equal(2, Watcher.EventsOf("ConfigurationReloaded").Count);
            return Task.CompletedTask;
        });

        Assert.Equal(["metrics"], Names(first, "ChangedSettings"));
        Assert.Equal(["logging.level"], Names(Watcher.EventsOf("ConfigurationReloaded")[^1], "ChangedSettings"));
        await _rig.PollsGoOnAsync();
        Assert.Empty(Watcher.EventsOf("ConfigurationRejected"));
    }

    [Fact]
    public async Task Lists_of_targets_in_a_volume_of_Kubernetes_whose_link_is_swapped_are_followed()
    {
        var volume = new LinkedVolume(Directory.CreateDirectory(Path.Combine(Folder, "volume")).FullName);
        volume.Swap(("a.yaml", Listing("stays")), ("b.yaml", Listing("old-name")), ("c.yaml", Listing("goes")));
        Watcher.Configure(_rig.Settings with { More = "targetFiles: [volume/*.yaml]" });
        await BaselinedAsync("goes", "old-name", "stays");

        volume.Swap(("a.yaml", Listing("stays")), ("b.yaml", Listing("new-name")), ("d.yaml", Listing("comes")));

        var (told, without) = await _rig.RemovesAsync("goes");
        Assert.Equal(["goes", "old-name"], Names(told, "RemovedTargets"));
        Assert.Equal(["comes", "new-name"], Names(told, "AddedTargets"));
        Assert.Empty(Names(told, "ChangedTargets"));
        Assert.DoesNotContain("\"old-name\"", without.Text, StringComparison.Ordinal);
        await BaselinedAsync("comes", "new-name");
        await _rig.PollsGoOnAsync();
        await _rig.PollsGoOnAsync("stays");
        Assert.Single(Watcher.EventsOf("TargetBaselined"), baseline => baseline.Text("Target") == "stays");
        var end = await Watcher.ScrapeAsync();
        Assert.Equal(end.Sum(Polls, ("outcome", "success")), end.Sum(Polls));
        Assert.Empty(Watcher.EventsOf("ConfigurationRejected"));

        async Task BaselinedAsync(params IReadOnlyList<string> names) =>
            await Task.WhenAll(names.Select(name => Watcher.TellsAsync("TargetBaselined", ("Target", name))));
    }

    [Fact]
    public async Task A_list_of_targets_that_comes_adds_them_and_one_that_goes_removes_them()
    {
        var list = Path.Combine(Folder, "targets-more.yaml");

        File.WriteAllText(list, Listing("listed"));
        await Watcher.TellsAsync("TargetBaselined", ("Target", "listed"));
        File.Delete(list);

        await _rig.RemovesAsync("listed");
        Assert.Equal(2, Watcher.EventsOf("ConfigurationReloaded").Count);
        await _rig.PollsGoOnAsync();
    }

    [Fact]
    public async Task A_secret_of_a_file_is_read_again_and_its_targets_are_left_alone()
    {
        var renewed = AccessKey.Example with { Secret = "end-to-end-secret-key-that-nobody-uses-02" };
        var secret = Path.Combine(Folder, "sk");
        File.WriteAllText(secret, AccessKey.Example.Secret);
        Watcher.Configure(File.ReadAllText(Watcher.ConfigurationPath).Replace(
            $"secretKey: {AccessKey.Example.Secret}", "secretKeyFile: sk", StringComparison.Ordinal));
        await Watcher.TellsAsync("ConfigurationReloaded");
        await _rig.Cloud.LetInAsync(renewed);
        await Watcher.TellsAsync("PollFailed");

        File.WriteAllText(secret, renewed.Secret);

        await Watcher.TellsAsync("PollRecovered");
        await _rig.PollsGoOnAsync();
        Assert.Single(Watcher.EventsOf("ConfigurationReloaded"));
    }

    public ValueTask DisposeAsync() => _rig?.DisposeAsync() ?? ValueTask.CompletedTask;

    private string Listing(string target) =>
        $"[{{ name: {target}, region: {WatcherSettings.Region}, projectId: {OtherProject}, credentials: prod, endpoint: \"{_rig.Cloud.Endpoint}\" }}]";
}
