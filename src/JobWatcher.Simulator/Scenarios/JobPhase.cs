namespace JobWatcher.Simulator.Scenarios;

/// <summary>What a job shows from a time on.</summary>
internal sealed record JobPhase(DateTimeOffset From, string Status, string Process, string? FailReason = null);
