namespace JobWatcher.Simulator.Jobs;

/// <summary>At <paramref name="Time"/> a job became <paramref name="Job"/>, or left the list where that is null.</summary>
internal sealed record JobChange(DateTimeOffset Time, string JobId, SimulatedJob? Job);
