using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Windows;
using JobWatcher.Snapshots;
using JobWatcher.Storage;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Snapshots;

/// <summary>What deciding and comparing allocate.</summary>
public sealed class QuietPollTests
{
    private static readonly TargetRecord Polled = new()
    {
        Name = "prod",
        ProjectId = "619d3e78f61b4be68bc5aa0b59edcf7b",
        Region = "cn-north-4",
        Bookmark = Noon,
        LastFullListing = Noon,
    };

    [Fact]
    public void A_quiet_poll_by_window_allocates_nothing_that_grows_with_the_history()
    {
        var few = SnapshotWith(ended: 1_000);
        var many = SnapshotWith(ended: 50_000);
        Allocated(few);

        // The compiler takes some allocations out as it goes; those that grow would be hundreds of kilobytes here.
        Assert.InRange(Allocated(many), 0, Allocated(few) + 4_096);
    }

    private static Snapshot SnapshotWith(int ended) => SnapshotOf(
    [
        Running(),
        Job("old", JobStatus.Running, Noon.AddDays(-20)),
        .. Enumerable.Range(0, ended).Select(number =>
            Job($"ended-{number}", JobStatus.Completed, Noon.AddDays(-10), Noon.AddDays(-10))),
    ]);

    private static long Allocated(Snapshot snapshot)
    {
        var found = new LookUp(LookUpVerdict.Found, snapshot.Jobs["old"].Job);
        var observation = At(Noon + Interval, Complete(Running())) with { WindowStart = BeforeNoon };
        observation = observation.With("old", found);
        var notFound = new HashSet<string>();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var window = PollWindow.Choose(
            Polled, snapshot, notFound, Noon, TimeSpan.FromMinutes(5), TimeSpan.FromHours(1));
        var missing = MissingJobs.ToLookUp(snapshot, observation);
        var disproof = WindowTrust.Disproof(Polled, snapshot, observation, TimeSpan.FromMinutes(5));
        var changes = SnapshotDiff.Compute(snapshot, observation);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(["old"], window.LookedUp);
        Assert.Empty(missing);
        Assert.Null(disproof);
        Assert.Empty(changes.Written);
        return allocated;
    }
}
