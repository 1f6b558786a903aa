namespace JobWatcher.Simulator.Scenarios;

/// <summary>How a job goes.</summary>
internal enum Outcome
{
    Completes,
    CompletesLate,
    Fails,
    CanceledWhilePending,
    CanceledWhileRunning,
    AuthorizedAndCompletes,
    AuthorizationDenied,
    Hangs,
}
