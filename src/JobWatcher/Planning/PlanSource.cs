using JobWatcher.Configuration;

namespace JobWatcher.Planning;

/// <summary>Where a plan comes from, to be read again.</summary>
/// <param name="Read">Reads it anew. Bad input is a result, never an exception.</param>
/// <param name="Sources">The files that the plan in force was made of.</param>
internal sealed record PlanSource(Func<PlanReading> Read, ConfigurationSources Sources);
