namespace JobWatcher.Simulator.Jobs;

/// <summary>Counts jobs looked at, as the measure of work that no clock distorts. Not thread-safe.</summary>
internal sealed class VisitCounter
{
    public long Total { get; private set; }

    public void Add(long jobs) => Total += jobs;
}
