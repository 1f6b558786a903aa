using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>A cloud and a watcher of its project, whose alerts go to some receiver.</summary>
internal sealed class WatchedCloud : IAsyncDisposable
{
    private WatchedCloud(Cloud cloud, Watcher watcher) => (Cloud, Watcher) = (cloud, watcher);

    /// <summary>The cloud.</summary>
    public Cloud Cloud { get; }

    /// <summary>The watcher.</summary>
    public Watcher Watcher { get; }

    /// <summary>Starts both, and waits until the watcher knows what is there.</summary>
    /// <param name="alerting">The section <c>alerting</c>.</param>
    /// <param name="interval">The time between the starts of two polls.</param>
    /// <param name="unknownAfter">How long polls may fail until the state is unknown.</param>
    /// <param name="cloudClock">The cloud's clock; null for the machine's.</param>
    /// <param name="jobs">What is there already.</param>
    public static async Task<WatchedCloud> StartAsync(
        string alerting,
        string interval = "1s",
        string unknownAfter = "5m",
        FakedClock? cloudClock = null,
        params IReadOnlyList<CloudJob> jobs)
    {
        var cloud = await (cloudClock is null ? Cloud.StartAsync() : Cloud.StartAsync(cloudClock));
        try
        {
            await cloud.PutAsync(jobs);
            var watcher = await Watcher.StartAsync(new WatcherSettings
            {
                Targets = [new TargetSettings("prod", Cloud.Project, cloud.Endpoint) { Interval = interval }],
                UnknownAfter = unknownAfter,
                More = alerting,
            });
            await watcher.TellsAsync("TargetBaselined");
            return new WatchedCloud(cloud, watcher);
        }
        catch
        {
            await cloud.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets a job run and fail, and waits until an alert fires.</summary>
    /// <param name="instance">On which instance.</param>
    public async Task<CloudJob> FailAsync(string instance = "ede953923f06448d9be8686ef0c1378ein07")
    {
        var running = new CloudJob { InstanceId = instance }.Running();
        await Cloud.PutAsync(running);
        await Watcher.TellsAsync("JobAppeared", ("JobId", running.JobId));
        var failed = running.Failed("Single task exception.");
        await Cloud.PutAsync(failed);
        await Watcher.TellsAsync("AlertFiring", ("JobId", failed.JobId));
        return failed;
    }

    /// <summary>A job that makes the end of another good.</summary>
    public static CloudJob RepairOf(CloudJob broken)
    {
        // The API tells whole seconds, and what repairs a job was created after it.
        var later = CloudJob.Format(DateTimeOffset.UtcNow.AddSeconds(1));
        return broken with
        {
            JobId = Guid.NewGuid().ToString(), Status = "Completed", CreatedTime = later, EndedTime = later, FailReason = null,
        };
    }

    /// <summary>Completes an operation on the instance where it ended badly before.</summary>
    public Task RepairAsync(CloudJob broken) => Cloud.PutAsync(RepairOf(broken));

    /// <summary>Waits until so many more polls were answered, and none failed.</summary>
    public async Task PollsOnAsync(int polls)
    {
        var before = await Watcher.ScrapeAsync();
        var after = await Watcher.ShowsAsync(scrape => Assert.InRange(Succeeded(scrape), Succeeded(before) + polls, double.MaxValue));
        Assert.Equal(Failed(before), Failed(after));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Watcher.DisposeAsync();
        await Cloud.DisposeAsync();
    }

    private static double Succeeded(Scrape scrape) => scrape.Sum("jobwatcher_polls_total", ("outcome", "success"));

    private static double Failed(Scrape scrape) => scrape.Sum("jobwatcher_polls_total") - Succeeded(scrape);
}
