namespace JobWatcher.Simulator.Jobs;

/// <summary>
/// What the jobs looked like before their latest changes, so that a list can be shown as it was. Not thread-safe.
/// </summary>
internal sealed class ChangeJournal
{
    /// <summary>Enough for any lag worth a test; older changes are forgotten.</summary>
    private const int Capacity = 10_000;

    private readonly Queue<Entry> entries = new();

    public void Add(DateTimeOffset time, string jobId, SimulatedJob? before)
    {
        if (entries.Count == Capacity)
        {
            entries.Dequeue();
        }

        entries.Enqueue(new Entry(time, jobId, before));
    }

    public void Clear() => entries.Clear();

    /// <summary>A copy of <paramref name="index"/> with all changes after <paramref name="time"/> undone.</summary>
    public JobIndex AsOf(DateTimeOffset time, JobIndex index)
    {
        var copy = index.Copy();
        foreach (var entry in entries.Reverse().Where(entry => entry.Time > time))
        {
            if (entry.Before is null)
            {
                copy.Remove(entry.JobId);
            }
            else
            {
                copy.Put(entry.Before);
            }
        }

        return copy;
    }

    private sealed record Entry(DateTimeOffset Time, string JobId, SimulatedJob? Before);
}
