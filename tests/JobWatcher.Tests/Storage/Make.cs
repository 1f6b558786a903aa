using JobWatcher.Alerts;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;
using JobWatcher.Tests.Alerting;

namespace JobWatcher.Tests.Storage;

/// <summary>Jobs, steps and commits of which a test names only what matters to it.</summary>
internal static class Make
{
    public const string Target = "prod";
    public const string Project = "0483b6b16e954cb88930a360d2c4e663";
    public const string Region = "eu-west-101";

    public static readonly DateTimeOffset Noon = new(2024, 5, 6, 12, 0, 0, TimeSpan.Zero);

    public static ImmediateJob Job(string id = "job-1", JobStatus? status = null) =>
        new() { JobId = id, JobName = "RebootGaussDBforMySQLInstance", Status = status ?? JobStatus.Running };

    public static JobSnapshot Snapshot(string id = "job-1", DateTimeOffset? goneSince = null) =>
        new() { Job = Job(id), GoneSince = goneSince };

    /// <summary>The row with all that a poll may leave in it.</summary>
    public static TargetRecord Filled(this TargetRecord target) => target with
    {
        WatchFrom = Noon,
        Bookmark = Noon,
        LastFullListing = Noon,
        WindowsUnreliableSince = Noon,
        LastAnswered = Noon,
        CloudAhead = TimeSpan.FromMilliseconds(-90_001),
        LastComplete = Noon,
        FailingSince = Noon,
        OutageReported = true,
    };

    public static Transition Step(string id, JobStatus from, JobStatus to) =>
        new() { Job = Job(id, to), From = from, To = to, ObservedTime = Noon };

    /// <summary>The alert of a job that failed.</summary>
    public static Alert FailedAlert(string jobId, string target = Target)
    {
        var alert = Firing.OfFailed(Firing.Ended(jobId, JobStatus.Failed));
        var key = alert.Key with { Target = target };
        return alert with { Key = key, Id = AlertId.Of(key, alert.ObservedTime) };
    }

    public static Task<TargetRecord> ReadTargetAsync(
        this IWatchStore store, string name = Target, string project = Project, string region = Region) =>
        store.ReadTargetAsync(name, project, region, TestContext.Current.CancellationToken);

    public static Task<CommitResult> CommitAsync(this IWatchStore store, PollCommit commit) =>
        store.CommitAsync(commit, TestContext.Current.CancellationToken);

    public static Task<IReadOnlyList<CommittedTransition>> ReadLogAsync(
        this IWatchStore store, string target = Target, long after = 0, int limit = int.MaxValue) =>
        store.ReadTransitionsAsync(target, after, limit, TestContext.Current.CancellationToken);

    public static Task ReportAsync(this IWatchStore store, long sequence, string target = Target) =>
        store.MoveCursorAsync(TempStore.Reporter, target, sequence, TestContext.Current.CancellationToken);

    /// <summary>Prunes a log in stretches of some steps.</summary>
    public static async Task PruneWholeLogAsync(
        this IWatchStore store, string target, DateTimeOffset observedBefore, int stretch = 1_000)
    {
        long? last = 0;
        while (last is { } sequence)
        {
            last = await store.PruneLogAsync(
                target, observedBefore, sequence, stretch, TestContext.Current.CancellationToken);
        }
    }

    public static Task<IReadOnlyList<JobSnapshot>> ReadJobsAsync(this IWatchStore store, string target = Target) =>
        store.ReadJobsAsync(target, TestContext.Current.CancellationToken);

    public static Task<IReadOnlyDictionary<CounterKey, CounterValue>> ReadCountersAsync(
        this IWatchStore store, string target = Target) =>
        store.ReadCountersAsync(target, TestContext.Current.CancellationToken);
}
