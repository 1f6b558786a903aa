using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Alerts;

/// <summary>
/// Rule A5 of the protocol: what a start or another configuration does to alerts. Those end whose target or rule is not
/// configured any more, or whose job is not in the snapshot. Pure.
/// </summary>
internal static class OrphanedAlerts
{
    /// <summary>Decides for a configured target.</summary>
    /// <param name="firing">The target's alerts that fire, as the store holds them.</param>
    /// <param name="sight">What is known, with the configuration of now.</param>
    public static AlertChanges Of(IReadOnlyList<Alert> firing, AlertSight sight) => new([],
    [
        .. firing
            .Select(alert => WhyEnded(alert, sight) is { } reason ? alert.Ended(reason, sight.CloudTime, sight.CloudTime) : null)
            .OfType<Alert>(),
    ]);

    /// <summary>Decides for a target that is not configured any more.</summary>
    public static AlertChanges OfRemoved(IReadOnlyList<Alert> firing, DateTimeOffset now) =>
        new([], [.. firing.Select(alert => alert.Ended(EndReason.Removed, now, now))]);

    private static EndReason? WhyEnded(Alert alert, AlertSight sight)
    {
        var rules = sight.Target.Rules;
        if (alert.Job is not { } job)
        {
            return rules.Unreachable.IsEnabled ? null : EndReason.Removed;
        }

        var known = sight.Snapshot.Jobs.GetValueOrDefault(job.JobId);
        if (known is null)
        {
            return EndReason.Vanished;
        }

        var isCovered = alert.Key.Name == AlertName.JobFailed ? rules.Failed.Covers(job.JobName) :
            alert.Key.Name == AlertName.JobCanceled ? rules.Canceled.Covers(job.JobName) :
            IsStuck(known.Job, known.StatusSince);
        return isCovered && sight.Target.Reports(job.JobName) ? null : EndReason.Removed;

        bool IsStuck(ImmediateJob open, DateTimeOffset? since) =>
            rules.Stuck.ThresholdOf(open) is { } threshold &&
            (!sight.IsCloudTimeKnown || sight.CloudTime - since >= threshold);
    }
}
