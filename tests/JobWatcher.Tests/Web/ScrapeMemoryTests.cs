using System.Runtime.CompilerServices;
using JobWatcher.Polling.Targets;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Tests.Polling;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Web;

/// <summary>What scrapes leave behind. A service that runs for a year shows millions of series, a few thousand at a time.</summary>
[Collection(nameof(ServiceRig))]
public sealed class ScrapeMemoryTests
{
    private const int JobsAtOnce = 1_100;
    private const int Rounds = 8;

    [Fact]
    public async Task A_series_that_is_no_longer_shown_leaves_nothing_in_memory()
    {
        await using var service = await ServiceRig.StartAsync(
            new MetricsOptions(PerJob: true, JobsAtOnce, JobsAtOnce, KnownJobNamesAtZero: true));
        var shown = new List<WeakReference>();
        for (var round = 0; round < Rounds; round++)
        {
            shown.Add(await ShowAsync(service, $"target-{round}"));
        }

        service.Watch();
        await service.GetAsync("/metrics");

        // The last scrape's request may still be on its way out, and loops let go of a target when they look again.
        await Eventually.Holds(() => Alive(service, shown) == 0);
    }

    private static int Alive(ServiceRig service, IReadOnlyList<WeakReference> shown)
    {
        service.Rig.Time.Advance(TimeSpan.FromSeconds(1));
        GC.Collect();
        return shown.Count(name => name.IsAlive);
    }

    // A method of its own, whose locals are gone when it returns.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> ShowAsync(ServiceRig service, string name)
    {
        using var rig = new WatchRig(WatchRig.TargetNamed(name));
        await rig.BaselineAsync([.. Enumerable.Range(0, JobsAtOnce).Select(number => Running($"{name}-{number}"))]);
        service.Get<TargetWatches>().Replace([rig.Watch]);

        // As text: each rig has histograms of its own, which a parsed answer may not.
        var (_, text) = await service.GetAsync("/metrics");

        Assert.Equal(JobsAtOnce, text.Split('\n').Count(IsOpenJob));
        return new WeakReference(name);

        bool IsOpenJob(string line) =>
            line.StartsWith("jobwatcher_open_job_info{", StringComparison.Ordinal) && line.Contains($"\"{name}\"", StringComparison.Ordinal);
    }
}
