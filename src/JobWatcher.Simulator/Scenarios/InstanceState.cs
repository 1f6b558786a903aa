namespace JobWatcher.Simulator.Scenarios;

/// <summary>What an instance is called, and how it is, from a time on.</summary>
internal sealed record InstanceState(DateTimeOffset From, string Name, string Status);
