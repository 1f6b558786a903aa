namespace JobWatcher.Simulator.Jobs;

/// <summary>At a time a job became <paramref name="Job"/>, or left the list where that is null.</summary>
internal sealed record JobChange(DateTimeOffset Time, string JobId, SimulatedJob? Job);
