using System.Collections.Immutable;

namespace JobWatcher.Polling.Targets;

/// <summary>The targets that this process watches. Safe for several threads.</summary>
internal sealed class TargetWatches
{
    private ImmutableSortedDictionary<string, TargetWatch> _watches =
        ImmutableSortedDictionary.Create<string, TargetWatch>(StringComparer.Ordinal);

    /// <summary>All of this moment, by name.</summary>
    public IReadOnlyCollection<TargetWatch> All => [.. Volatile.Read(ref _watches).Values];

    /// <summary>The watch of a target; null when it is not watched.</summary>
    public TargetWatch? Find(string target) => Volatile.Read(ref _watches).GetValueOrDefault(target);

    /// <summary>The earliest time that the clocks of the targets' clouds show now; null while none has told it.</summary>
    public DateTimeOffset? EarliestCloudNow => All.Min(watch => watch.CloudNow);

    /// <summary>Replaces all at once.</summary>
    public void Replace(IEnumerable<TargetWatch> watches) => Volatile.Write(
        ref _watches,
        watches.ToImmutableSortedDictionary(watch => watch.Target.Name, watch => watch, StringComparer.Ordinal));
}
