using JobWatcher.EndToEndTests.Chaos.Logs;

namespace JobWatcher.EndToEndTests.Chaos.Run;

/// <summary>How many processes were to end at which moment, and how many of them did.</summary>
internal sealed record MomentFigures(IReadOnlyDictionary<KillMoment, (int Tried, int Met)> Counts)
{
    /// <summary>Whether each moment was met, and all together at least twice as often as missed.</summary>
    public bool AreMet => Enum.GetValues<KillMoment>().All(moment => Counts.GetValueOrDefault(moment).Met > 0)
        && Counts.Values.Sum(count => count.Met) * 3 >= Counts.Values.Sum(count => count.Tried) * 2;

    /// <summary>Counts.</summary>
    public static MomentFigures Of(IEnumerable<ProcessLog> processes) => new(processes
        .Where(process => process.Moment is not null)
        .GroupBy(process => process.Moment!.Value)
        .ToDictionary(same => same.Key, same => (same.Count(), same.Count(process => process.IsMomentMet))));

    /// <inheritdoc/>
    public override string ToString() => string.Join(
        ", ", Counts.OrderBy(count => count.Key).Select(count => FormattableString.Invariant($"{count.Key} {count.Value.Met} of {count.Value.Tried}")));
}
