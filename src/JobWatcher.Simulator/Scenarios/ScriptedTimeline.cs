using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Scenarios;

/// <summary>Plays a script as the clock goes on.</summary>
internal sealed class ScriptedTimeline : IJobTimeline
{
    private readonly Queue<JobChange> left;

    public ScriptedTimeline(ScenarioScript script, string project, DateTimeOffset start)
        => left = new(script.Jobs
            .SelectMany((job, index) => (job.Project ?? project) == project ? job.Changes(index, start) : [])
            .OrderBy(change => change.Time));

    public IEnumerable<JobChange> ChangesUntil(DateTimeOffset time)
    {
        while (left.TryPeek(out var next) && next.Time <= time)
        {
            yield return left.Dequeue();
        }
    }
}
