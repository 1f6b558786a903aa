using JobWatcher.Configuration;

namespace JobWatcher.Planning;

/// <summary>What came of reading the configuration once.</summary>
/// <param name="Plan">What to run; null where the configuration is faulty.</param>
/// <param name="Faults">All faults, each a line.</param>
/// <param name="Sources">The files that were read.</param>
internal sealed record PlanReading(WatcherPlan? Plan, IReadOnlyList<string> Faults, ConfigurationSources Sources);
