namespace JobWatcher.Simulator.Jobs;

/// <summary>A status that a listing showed for the first time since it showed another one.</summary>
/// <param name="Status">As it was sent.</param>
/// <param name="Time">On the cloud's clock, just before the answer was handed to the network.</param>
public sealed record ServedStatus(string? Status, DateTimeOffset Time);
