using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Tests.Storage.Sqlite;

/// <summary>Commits with which tests fill a store.</summary>
internal static class Fill
{
    /// <summary>Commits one poll that shows new jobs, observed at a time.</summary>
    public static async Task<CommitResult> AppearAsync(
        this IWatchStore store, string target, DateTimeOffset observed, params IReadOnlyList<string> jobs) =>
        await store.CommitAsync(new PollCommit
        {
            Target = await store.ReadTargetAsync(target),
            Jobs = [.. jobs.Select(id => Make.Snapshot(id))],
            Transitions =
            [
                .. jobs.Select(id => Make.Step(id, Transition.NotListed, JobStatus.Running) with { ObservedTime = observed }),
            ],
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "payments" },
        });
}
