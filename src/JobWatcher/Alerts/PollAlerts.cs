using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;

namespace JobWatcher.Alerts;

/// <summary>What a poll does to its target's alerts (rules A2 and A3 of the protocol). Pure.</summary>
internal static class PollAlerts
{
    /// <summary>Decides after an answered poll.</summary>
    /// <param name="firing">The target's alerts that fire, as the store holds them.</param>
    /// <param name="sight">What is known after the poll.</param>
    /// <param name="changed">The jobs that the poll changed.</param>
    /// <param name="transitions">The steps that it reports.</param>
    /// <param name="isBaseline">Whether the snapshot was begun anew by it (rule A5).</param>
    public static AlertChanges AfterAnswer(
        IReadOnlyList<Alert> firing,
        AlertSight sight,
        IReadOnlyList<JobSnapshot> changed,
        IReadOnlyList<Transition> transitions,
        bool isBaseline)
    {
        var known = firing.Select(alert => alert.Key).ToHashSet();
        var started = transitions.Select(step => StartOf(step, sight)).OfType<Alert>()
            .Where(alert => known.Add(alert.Key))
            .ToList();

        // A completion that the snapshot holds already counts for those that start; for the others it was seen then.
        var all = started.Count == 0 ? [] : sight.Snapshot.Jobs.Values.Select(known => known.Job).ToList();
        var recent = changed.Select(known => known.Job).ToList();
        return new AlertChanges(started,
        [
            .. firing.Select(alert => EndOf(alert, sight, recent, isBaseline)).OfType<Alert>(),
            .. started.Select(alert => EndOf(alert, sight, all, isBaseline)).OfType<Alert>(),
        ]);
    }

    private static Alert? StartOf(Transition step, AlertSight sight)
    {
        var rules = sight.Target.Rules;
        var rule = step.To == JobStatus.Failed ? rules.Failed : rules.Canceled;
        return AlertName.OfEnd(step.To) is { } name && rule.Covers(step.Job.JobName)
            ? sight.Factory.OfEnd(name, rule.Severity, step.Job)
            : null;
    }

    private static Alert? EndOf(
        Alert alert, AlertSight sight, IReadOnlyList<ImmediateJob> candidates, bool isBaseline)
    {
        if (alert.Job is not { } job)
        {
            return alert.Ended(EndReason.Recovered, sight.CloudTime, sight.CloudTime);
        }

        var now = sight.Snapshot.Jobs.GetValueOrDefault(job.JobId)?.Job;
        if (now is not null && now.Status != job.Status)
        {
            return alert.Ended(EndReason.StatusChanged, now.EndedTime ?? sight.CloudTime, sight.CloudTime);
        }

        if (now is null && (isBaseline || alert.Key.Name == AlertName.JobStuck))
        {
            return alert.Ended(EndReason.Vanished, sight.CloudTime, sight.CloudTime);
        }

        return alert.Key.Name == AlertName.JobStuck ? null : RepairOf(alert, job, candidates, sight.CloudTime);
    }

    private static Alert? RepairOf(
        Alert alert, ImmediateJob job, IReadOnlyList<ImmediateJob> candidates, DateTimeOffset cloudTime)
    {
        foreach (var other in candidates)
        {
            if (Repairs.By(other, job) is { } reason)
            {
                return alert.Ended(reason, other.EndedTime ?? cloudTime, cloudTime);
            }
        }

        return null;
    }
}
