using Dapper;
using JobWatcher.Alerts;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
using JobWatcher.Polling.Targets;
using JobWatcher.Snapshots;
using JobWatcher.Storage;
using JobWatcher.Tests.Polling;
using JobWatcher.Tests.Storage;

namespace JobWatcher.Tests.Soak;

/// <summary>Months of jobs that come and go, in simulated time, in a store that is let go of what is old (rule C5).</summary>
public sealed class GrowthTests : IAsyncDisposable
{
    private const int Days = 300;
    private const int JobsADay = 10;
    private const int FailuresADay = 4;

    // The API lists a job for 30 days.
    private const int DaysListed = 30;

    private const double MostGrowth = 1.05;

    private readonly WatchRig _rig = new();
    private readonly TempStore _temp = new();

    [Fact]
    public async Task A_store_grows_until_its_oldest_rows_are_due_to_go_and_then_no_more()
    {
        var store = await _temp.OpenAsync();
        var watches = new TargetWatches();
        watches.Replace([_rig.Watch]);
        var retention = new Retention(
            store,
            watches,
            new RetentionOptions { History = TimeSpan.FromDays(30) },
            _rig.Time,
            _rig.Log.LoggerOf<Retention>());
        // From its answer on the cloud's time is known.
        await _rig.BaselineAsync();
        var footprints = new List<Footprint>();

        for (var day = 1; day <= Days; day++)
        {
            _rig.Time.Advance(TimeSpan.FromDays(1));
            await LiveAsync(store, day);
            Assert.True(await retention.PassAsync(WatchRig.Token));
            if (day % (Days / 2) == 0)
            {
                footprints.Add(Measure());
            }
        }

        Assert.All(footprints, footprint => Assert.InRange(footprint.GoneJobs, 1, int.MaxValue));
        Assert.InRange(footprints[1].Rows / (double)footprints[0].Rows, 0, MostGrowth);
        Assert.InRange(footprints[1].FileBytes / (double)footprints[0].FileBytes, 0, MostGrowth);
    }

    public async ValueTask DisposeAsync()
    {
        await _temp.DisposeAsync();
        _rig.Dispose();
    }

    /// <summary>A day on which jobs end, some of them with an alert, and those of a month ago leave the list; all of it is told.</summary>
    private async Task LiveAsync(IWatchStore store, int day)
    {
        var now = _rig.Time.GetUtcNow();
        var jobs = JobsOf(day).ToList();
        var result = await store.CommitAsync(new PollCommit
        {
            Target = await store.ReadTargetAsync(),
            Jobs =
            [
                .. jobs.Select(id => Make.Snapshot(id)),
                .. JobsOf(day - DaysListed).Select(id => Make.Snapshot(id, goneSince: now)),
            ],
            Transitions =
            [
                .. jobs.SelectMany(id => (Transition[])
                [
                    Make.Step(id, Transition.NotListed, JobStatus.Running) with { ObservedTime = now },
                    Make.Step(id, JobStatus.Running, JobStatus.Completed) with { ObservedTime = now },
                ]),
            ],
            Alerts = firing => new AlertChanges(
                [.. jobs.Take(FailuresADay).Select(id => Make.FailedAlert(id))],
                [.. firing.Select(alert => alert.Ended(EndReason.Completed, now, now))]),
        });
        await store.ReportAsync(result.Transitions[^1].Sequence);
        await store.MarkToldAsync(await store.ReadUntoldAlertsAsync(10, WatchRig.Token), WatchRig.Token);
    }

    private static IEnumerable<string> JobsOf(int day) =>
        day < 1 ? [] : Enumerable.Range(1, JobsADay).Select(number => $"job-{number}-of-day-{day}");

    private Footprint Measure()
    {
        using var connection = _temp.Connect();
        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return new Footprint(
            _temp.ReadRows().Count,
            connection.QuerySingle<int>("SELECT COUNT(*) FROM jobs WHERE gone_since IS NOT NULL"),
            new FileInfo(_temp.Path).Length);
    }

    /// <summary>What the store takes at one moment.</summary>
    /// <param name="Rows">The rows of all tables.</param>
    /// <param name="GoneJobs">The rows of jobs that left the list.</param>
    /// <param name="FileBytes">The file, once its write-ahead log is folded into it.</param>
    private sealed record Footprint(int Rows, int GoneJobs, long FileBytes);
}
