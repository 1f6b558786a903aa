using JobWatcher.Commands;
using JobWatcher.Configuration;

namespace JobWatcher.Reloading;

/// <summary>What came of reading the configuration once.</summary>
/// <param name="Plan">What to run; null where the configuration is faulty.</param>
/// <param name="Faults">All faults, each a line.</param>
/// <param name="Sources">The files that were read.</param>
internal sealed record PlanReading(WatcherPlan? Plan, IReadOnlyList<string> Faults, ConfigurationSources Sources);

/// <summary>Where a plan comes from, to be read again.</summary>
/// <param name="Read">Reads it anew. Bad input is a result, never an exception.</param>
/// <param name="Sources">The files that the plan in force was made of.</param>
internal sealed record PlanSource(Func<PlanReading> Read, ConfigurationSources Sources);
