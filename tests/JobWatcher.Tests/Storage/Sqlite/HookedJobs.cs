using System.Collections;
using JobWatcher.Snapshots;

namespace JobWatcher.Tests.Storage.Sqlite;

/// <summary>One job to commit, which runs an action when the transaction comes to it.</summary>
internal sealed class HookedJobs(Action action) : IReadOnlyList<JobSnapshot>
{
    public int Count => 1;

    public JobSnapshot this[int index] => Make.Snapshot();

    public IEnumerator<JobSnapshot> GetEnumerator()
    {
        action();
        yield return this[0];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
