using JobWatcher.Planning;

namespace JobWatcher.Reloading;

/// <summary>What another configuration means for the targets. A renamed target is a removed and an added one.</summary>
/// <param name="Added">Those that are watched from now on.</param>
/// <param name="Removed">The names of those that are not any more.</param>
/// <param name="Changed">Those that are watched in another way, as they shall be.</param>
internal sealed record TargetChanges(
    IReadOnlyList<PlannedTarget> Added, IReadOnlyList<string> Removed, IReadOnlyList<PlannedTarget> Changed)
{
    /// <summary>Compares two configurations; all targets that neither list of the result names are to be left alone.</summary>
    public static TargetChanges Between(IEnumerable<PlannedTarget> before, IReadOnlyCollection<PlannedTarget> after)
    {
        var old = before.ToDictionary(planned => planned.Target.Name, StringComparer.Ordinal);
        var names = after.Select(planned => planned.Target.Name).ToHashSet(StringComparer.Ordinal);
        return new TargetChanges(
            [.. after.Where(planned => !old.ContainsKey(planned.Target.Name))],
            [.. old.Keys.Where(name => !names.Contains(name)).Order(StringComparer.Ordinal)],
            [.. after.Where(planned => old.TryGetValue(planned.Target.Name, out var known) && !AreSame(known, planned))]);
    }

    // Records compare collections by reference, so equal ones are made the same first.
    private static bool AreSame(PlannedTarget before, PlannedTarget after)
    {
        var (old, target) = (before.Target, after.Target);
        return before == after with
        {
            Target = target with
            {
                JobNames = target.JobNames.SetEquals(old.JobNames) ? old.JobNames : target.JobNames,
                Labels = HaveSame(old.Labels, target.Labels) ? old.Labels : target.Labels,
            },
        };
    }

    private static bool HaveSame(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        before.Count == after.Count && after.All(label => before.GetValueOrDefault(label.Key) == label.Value);
}
