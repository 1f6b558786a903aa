namespace JobWatcher.Simulator.Authentication;

/// <summary>Whose token it is, and until when.</summary>
internal sealed record IssuedToken(SimulatedAccount Account, DateTimeOffset? Expires);
