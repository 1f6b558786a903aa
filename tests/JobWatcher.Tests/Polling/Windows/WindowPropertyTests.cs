using System.Collections.Concurrent;
using CsCheck;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Planning;
using JobWatcher.Snapshots;

namespace JobWatcher.Tests.Polling.Windows;

/// <summary>Polls by window lose nothing and double nothing, whatever happens.</summary>
public sealed class WindowPropertyTests
{
    private static readonly WatchedTarget ByWindow =
        WatchRig.TargetNamed("prod") with { FullListingEvery = TimeSpan.FromMinutes(20) };

    private static readonly WatchedTarget Whole = ByWindow with { FullListingEvery = TimeSpan.Zero };

    [Fact]
    public Task Polls_by_window_report_the_transitions_that_full_listings_alone_would() =>
        WindowHistory.Clear.SampleAsync(async history =>
        {
            using var rig = new WatchRig(ByWindow);
            using var reference = new WatchRig(Whole);

            await history.HappenAsync(rig, ByWindow);
            await (history with { Chapters = [.. history.Chapters.Select(chapter => chapter with { Restarts = false })] })
                .HappenAsync(reference, Whole);

            Assert.Equal(Chains(reference), Chains(rig));
            Assert.DoesNotContain("WindowsUnreliable", rig.Log.Names);
        });

    [Fact]
    public Task Whatever_goes_wrong_each_job_ends_as_it_is_by_a_chain_of_steps_that_were_served() =>
        WindowHistory.Faulty.SampleAsync(async history =>
        {
            using var rig = new WatchRig(ByWindow);

            var cloud = (await history.HappenAsync(rig, ByWindow)).Cloud;

            var known = (await rig.Store.ReadJobsAsync("prod", CancellationToken.None)).ToDictionary(job => job.Job.JobId);
            Assert.Equal(cloud.Jobs.Keys.Order(), known.Keys.Order());
            Assert.All(known, row => Assert.Equal(cloud.Jobs[row.Key], row.Value.Job));
            foreach (var chain in rig.Store.Log.Select(step => step.Transition).GroupBy(step => step.Job.JobId))
            {
                AssertIsChain([.. chain], cloud.Jobs.GetValueOrDefault(chain.Key));
                AssertWasServed([.. chain.Select(step => step.To).Where(status => status != Transition.NotListed)], cloud.Served[chain.Key]);
            }

            var watchFrom = rig.Store.Target("prod").WatchFrom;
            var reported = rig.Store.Log.Select(step => step.Transition.Job.JobId).ToHashSet();
            Assert.All(cloud.Jobs.Values.Where(job => job.CreatedTime > watchFrom), job => Assert.Contains(job.JobId, reported));
        });

    [Fact]
    public async Task The_histories_hold_windows_and_look_ups()
    {
        var clouds = new List<ModelCloud>();
        await WindowHistory.Clear.SampleAsync(
            async history =>
            {
                using var rig = new WatchRig(ByWindow);
                var cloud = (await history.HappenAsync(rig, ByWindow)).Cloud;
                lock (clouds)
                {
                    clouds.Add(cloud);
                }
            },
            iter: 100);

        Assert.InRange(clouds.Sum(cloud => cloud.Windows), 100, int.MaxValue);
        Assert.InRange(clouds.Sum(cloud => cloud.LookUps), 20, int.MaxValue);
    }

    [Fact]
    public async Task The_faulty_histories_hold_everything_that_may_go_wrong()
    {
        var reached = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);

        await WindowHistory.Faulty.SampleAsync(
            async history =>
            {
                using var rig = new WatchRig(ByWindow);
                foreach (var (what, times) in (await history.HappenAsync(rig, ByWindow)).Reached())
                {
                    reached.AddOrUpdate(what, times, (_, before) => before + times);
                }
            },
            iter: 600);

        Assert.All(reached, reach => Assert.InRange(reach.Value, 10, int.MaxValue));
    }

    private static IEnumerable<string> Chains(WatchRig rig) => rig.Store.Log
        .Select(step => step.Transition)
        .GroupBy(step => step.Job.JobId, (id, steps) => $"{id}: {string.Join(", ", steps.Select(step => $"{step.From} -> {step.To}"))}")
        .Order();

    private static void AssertIsChain(IReadOnlyList<Transition> chain, ImmediateJob? now)
    {
        Assert.All(chain, step => Assert.NotEqual(step.From, step.To));
        Assert.All(chain.Zip(chain.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Equal(now?.Status ?? Transition.NotListed, now is null && chain[^1].To.IsEnded ? Transition.NotListed : chain[^1].To);
    }

    private static void AssertWasServed(IReadOnlyList<JobStatus> chain, IEnumerable<JobStatus> served)
    {
        var found = 0;
        foreach (var status in served)
        {
            found += found < chain.Count && chain[found] == status ? 1 : 0;
        }

        Assert.Equal(chain.Count, found);
    }
}
