namespace JobWatcher.Simulator.Authentication;

/// <summary>Who calls, or why that was not believed.</summary>
internal sealed record AuthenticationResult(SimulatedAccount? Account, string? Reason)
{
    public static AuthenticationResult Accepted(SimulatedAccount account) => new(account, null);

    public static AuthenticationResult Refused(string reason) => new(null, reason);
}
