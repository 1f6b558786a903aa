namespace JobWatcher.Simulator.Jobs;

/// <summary>Some of the jobs that match a filter, newest first, and how many match in all.</summary>
internal sealed record JobSlice(IReadOnlyList<SimulatedJob> Jobs, int TotalCount, IReadOnlyList<string> JobNames);
