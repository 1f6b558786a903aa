namespace JobWatcher.Simulator.Jobs;

/// <summary>
/// Every status that was ever served: the truth that a watcher's report is compared with. Not thread-safe.
/// </summary>
internal sealed class StatusLedger
{
    private readonly Dictionary<string, List<ServedStatus>> served = new(StringComparer.Ordinal);

    public void Add(SimulatedJob job, DateTimeOffset time)
    {
        if (!served.TryGetValue(job.JobId, out var statuses))
        {
            served.Add(job.JobId, statuses = []);
        }

        if (statuses.Count == 0 || statuses[^1].Status != job.Status)
        {
            statuses.Add(new ServedStatus(job.Status, time));
        }
    }

    public IReadOnlyDictionary<string, IReadOnlyList<ServedStatus>> Snapshot()
        => served.ToDictionary(
            pair => pair.Key,
            pair => (IReadOnlyList<ServedStatus>)[.. pair.Value],
            StringComparer.Ordinal);

    public void Clear() => served.Clear();
}
