namespace JobWatcher.Simulator.Jobs;

/// <summary>What happens by itself in a project.</summary>
internal interface IJobTimeline
{
    /// <summary>The changes since the last call, in order, none later than <paramref name="time"/>.</summary>
    IEnumerable<JobChange> ChangesUntil(DateTimeOffset time);
}
