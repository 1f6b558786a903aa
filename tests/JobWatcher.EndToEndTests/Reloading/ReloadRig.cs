using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Reloading;

/// <summary>A watcher of one target, whose configuration file tests change while it runs.</summary>
internal sealed class ReloadRig : IAsyncDisposable
{
    public const string OtherProject = "719d3e78f61b4be68bc5aa0b59edcf7b";
    public const string Steps = "jobwatcher_job_transitions_total";
    public const string Polls = "jobwatcher_polls_total";

    private ReloadRig(Cloud cloud, Watcher watcher, WatcherSettings settings) =>
        (Cloud, Watcher, Settings) = (cloud, watcher, settings);

    public Cloud Cloud { get; }

    public Watcher Watcher { get; }

    /// <summary>What it started with.</summary>
    public WatcherSettings Settings { get; }

    /// <summary>Starts it, and waits until its target was polled.</summary>
    /// <param name="more">Further sections of its configuration, as YAML.</param>
    public static async Task<ReloadRig> StartAsync(string more = "")
    {
        var cloud = await Cloud.StartAsync("--project", Cloud.Project, "--project", OtherProject);
        // No timeout of the service's own ends what a test wants to see ended by a change.
        var settings = cloud.Watched("prod") with { RequestTimeout = "5m", UnknownAfter = "2d", More = more };
        var watcher = await Watcher.StartAsync(settings);
        await watcher.TellsAsync("TargetBaselined");
        return new ReloadRig(cloud, watcher, settings);
    }

    /// <summary>A field that is a list of names.</summary>
    public static IReadOnlyList<string?> Names(LogEvent told, string field) =>
        [.. told[field].EnumerateArray().Select(name => name.GetString())];

    /// <summary>A target of the simulated cloud.</summary>
    public TargetSettings Target(string name, string project = Cloud.Project) => new(name, project, Cloud.Endpoint);

    /// <summary>Writes these targets into its configuration file.</summary>
    public void Watch(params IReadOnlyList<TargetSettings> targets) => Watcher.Configure(Settings with { Targets = targets });

    /// <summary>Waits until a target was polled twice more, and answered.</summary>
    public async Task PollsGoOnAsync(string target = "prod")
    {
        var before = Answered(await Watcher.ScrapeAsync());
        await Watcher.ShowsAsync(scrape => Assert.True(Answered(scrape) > before + 1));

        double Answered(Scrape scrape) => scrape.Value(Polls, ("target", target), ("outcome", "success"));
    }

    /// <summary>Waits until the last reload told that it removed a target, of which the very next scrape knows nothing any more.</summary>
    public async Task<(LogEvent Told, Scrape Without)> RemovesAsync(string target)
    {
        var told = await Eventually.SeesAsync(() =>
        {
            var reloads = Watcher.EventsOf("ConfigurationReloaded");
            Assert.NotEmpty(reloads);
            Assert.Contains(target, Names(reloads[^1], "RemovedTargets"));
            return Task.FromResult(reloads[^1]);
        });
        var without = await Watcher.ScrapeAsync();
        Assert.DoesNotContain($"\"{target}\"", without.Text, StringComparison.Ordinal);
        return (told, without);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Watcher.DisposeAsync();
        await Cloud.DisposeAsync();
    }
}
