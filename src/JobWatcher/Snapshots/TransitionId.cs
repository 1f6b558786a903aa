
namespace JobWatcher.Snapshots;

/// <summary>
/// Identifies a transition for good, by region, project, job id, from, to and how often this job has made this step: the
/// same step has the same id after a restore, on another replica and under another target name (rule D6 of the protocol).
/// </summary>
/// <param name="Value">A <see cref="StableId"/>.</param>
internal readonly record struct TransitionId(string Value)
{
    /// <summary>Computes the id of one step.</summary>
    /// <param name="region">The target's region.</param>
    /// <param name="projectId">The target's project.</param>
    /// <param name="transition">The step.</param>
    /// <param name="occurrence">1 for the first time that this job makes this step, 2 for the second, and so on.</param>
    public static TransitionId Of(string region, string projectId, Transition transition, long occurrence) => new(StableId.Of(
        occurrence, region, projectId, transition.Job.JobId, transition.From.Value, transition.To.Value));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
