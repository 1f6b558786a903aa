namespace JobWatcher.Simulator.Faults;

/// <summary>A fault that was put and not cleared.</summary>
/// <param name="Id">To clear it by.</param>
/// <param name="Fault">What goes wrong.</param>
/// <param name="Matched">How many requests it matched so far, unharmed ones included.</param>
public sealed record FaultInForce(int Id, Fault Fault, int Matched);
