using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Scenarios;

namespace JobWatcher.Simulator;

/// <summary>What a <see cref="SimulatorServer"/> serves, to whom and where.</summary>
public sealed record SimulatorOptions
{
    /// <value>An http address on loopback; port 0 takes a free one. Default: <c>http://127.0.0.1:0</c>.</value>
    public Uri Listen { get; init; } = new("http://127.0.0.1:0");

    /// <value>
    /// The cloud's clock: for the <c>Date</c> header, signatures, expiry, the scenario, and the waits of faults.
    /// </value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <value>The same seed gives the same identifiers and the same scenario. Default: 1.</value>
    public int Seed { get; init; } = 1;

    /// <value>At least one project. Default: the vendor's example project.</value>
    public IReadOnlyList<ProjectOptions> Projects { get; init; } = [new()];

    /// <value>Who may call. Default: <see cref="SimulatedAccount.Example"/>.</value>
    public IReadOnlyList<SimulatedAccount> Accounts { get; init; } = [SimulatedAccount.Example];

    /// <value>Whether signatures and tokens are checked. Default: true.</value>
    public bool CheckAuthentication { get; init; } = true;

    /// <value>Seeded teams at work in every project; null, the default: nothing happens by itself.</value>
    public ScenarioOptions? Scenario { get; init; }

    /// <value>Jobs of a script, in place of <see cref="Scenario"/>; null, the default: none.</value>
    public ScenarioScript? Script { get; init; }
}
