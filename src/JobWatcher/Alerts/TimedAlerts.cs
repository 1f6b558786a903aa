using JobWatcher.Snapshots;

namespace JobWatcher.Alerts;

/// <summary>
/// What time alone does to a target's alerts (rules A2 to A4 of the protocol): a job is stuck, an alert was up for long
/// enough, a target has not answered. Pure.
/// </summary>
internal static class TimedAlerts
{
    /// <summary>Decides at a moment between polls.</summary>
    /// <param name="firing">The target's alerts that fire, as the store holds them.</param>
    /// <param name="sight">What is known.</param>
    /// <param name="isUnknown">Whether the target's state is unknown, which holds back what rests on it.</param>
    public static AlertChanges At(IReadOnlyList<Alert> firing, AlertSight sight, bool isUnknown)
    {
        var known = firing.Select(alert => alert.Key).ToHashSet();
        var started = isUnknown ? Unreachable(sight) : StuckJobs(sight);

        return new AlertChanges(
            [.. started.Where(alert => known.Add(alert.Key))],
            [.. firing.Where(alert => ExpiryOf(alert, sight) <= sight.CloudTime).Select(Expire)]);

        Alert Expire(Alert alert) => alert.Ended(EndReason.Expired, ExpiryOf(alert, sight) ?? sight.CloudTime, sight.CloudTime);
    }

    /// <summary>The earliest moment, by the cloud's clock, at which <see cref="At"/> has something to do; null for never.</summary>
    public static DateTimeOffset? NextDue(IReadOnlyList<Alert> firing, AlertSight sight)
    {
        var stuck = firing.Where(alert => alert.Key.Name == AlertName.JobStuck)
            .Select(alert => alert.Key.JobId)
            .ToHashSet(StringComparer.Ordinal);
        var moments = Thresholds(sight)
            .Where(due => !stuck.Contains(due.Known.Job.JobId))
            .Select(due => (DateTimeOffset?)Later(due.Since, due.Threshold))
            .Concat(firing.Select(alert => ExpiryOf(alert, sight)));
        return moments.Min();
    }

    private static IEnumerable<Alert> Unreachable(AlertSight sight) =>
        sight.Target.Rules.Unreachable.IsEnabled && !sight.HasFailedAtStore ? [sight.Factory.OfTarget()] : [];

    private static IEnumerable<Alert> StuckJobs(AlertSight sight) => Thresholds(sight)
        .Where(due => sight.CloudTime - due.Since >= due.Threshold)
        .OrderBy(due => due.Since + due.Threshold)
        .ThenBy(due => due.Known.Job.JobId, StringComparer.Ordinal)
        .Select(due => sight.Factory.OfStuck(due.Known.Job, due.Since, due.Threshold));

    private static IEnumerable<(JobSnapshot Known, DateTimeOffset Since, TimeSpan Threshold)> Thresholds(AlertSight sight)
    {
        if (!sight.IsCloudTimeKnown)
        {
            yield break;
        }

        foreach (var known in sight.Snapshot.Open.Values)
        {
            if (known.StatusSince is { } since && sight.Target.Reports(known.Job.JobName) &&
                sight.Target.Rules.Stuck.ThresholdOf(known.Job) is { } threshold)
            {
                yield return (known, since, threshold);
            }
        }
    }

    private static DateTimeOffset? ExpiryOf(Alert alert, AlertSight sight) =>
        !sight.IsCloudTimeKnown ? null :
        alert.Key.Name == AlertName.JobFailed ? Later(alert.ObservedTime, sight.Target.Rules.Failed.ResolveAfter) :
        alert.Key.Name == AlertName.JobCanceled ? Later(alert.ObservedTime, sight.Target.Rules.Canceled.ResolveAfter) :
        null;

    // A cloud that tells the end of the calendar, as some do for "never", must not cost the other jobs their alerts.
    private static DateTimeOffset Later(DateTimeOffset time, TimeSpan by) =>
        DateTimeOffset.MaxValue - time > by ? time + by : DateTimeOffset.MaxValue;
}
