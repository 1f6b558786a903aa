using System.Globalization;

namespace JobWatcher.EndToEndTests.Chaos;

/// <summary>The seed of the chaos tests: <c>JOBWATCHER_CHAOS_SEED</c>, or another one each time.</summary>
internal static class ChaosSeed
{
    /// <summary>The name of the variable.</summary>
    public const string Variable = "JOBWATCHER_CHAOS_SEED";

    /// <summary>The seed of the first run; the others follow.</summary>
    public static int First { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : Environment.TickCount & 0xFFFFFF;
}
