namespace JobWatcher.Simulator.Authentication;

/// <summary>Whose token it is, until when, and for which project; null: for ever, for all.</summary>
internal sealed record IssuedToken(SimulatedAccount Account, DateTimeOffset? Expires, string? ProjectId);
