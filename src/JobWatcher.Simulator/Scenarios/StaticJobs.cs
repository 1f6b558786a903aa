using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Scenarios;

/// <summary>A list of any length that stays as it is.</summary>
public static class StaticJobs
{
    private static readonly TimeSpan Span = TimeSpan.FromDays(30);

    /// <summary>
    /// Makes jobs of all names, created evenly over the last 30 days. One in ten failed; the last one in a hundred, at
    /// least one, is open.
    /// </summary>
    /// <param name="seed">The same seed gives the same ids.</param>
    /// <param name="count">How many; not negative.</param>
    /// <param name="now">When the newest was created.</param>
    public static IReadOnlyList<SimulatedJob> Create(int seed, int count, DateTimeOffset now)
        => [.. Enumerable.Range(0, count).Select(index => Create(seed, index, count, now))];

    private static SimulatedJob Create(int seed, int index, int count, DateTimeOffset now)
    {
        var created = now - (Span * (count - 1 - index) / count);
        var id = DeterministicId.Uuid($"{seed} static job {index}");
        var job = SimulatedJob.Pending(JobNames.All[index % JobNames.All.Count], created, id)
            .On(InstanceNames.Usual[index % InstanceNames.Usual.Count]);
        var ended = created.AddSeconds(5 + (index % 50));
        if (index >= count - Math.Max(1, count / 100))
        {
            return index % 2 == 0 ? job : job.Running("30%");
        }

        return index % 10 == 0
            ? job.Failed(ended, FailReasons.All[index / 10 % FailReasons.All.Count])
            : job.Completed(ended);
    }
}
