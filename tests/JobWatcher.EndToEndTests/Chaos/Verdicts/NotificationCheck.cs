using JobWatcher.EndToEndTests.Alerting;
using JobWatcher.EndToEndTests.Chaos.Logs;
using JobWatcher.EndToEndTests.Chaos.Truth;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>
/// For each job that failed people are told that it did, once, and that it is over, once, in this order; and nothing of any
/// other. Whether a job failed is known from what was served and from what the log makes of it.
/// </summary>
internal static class NotificationCheck
{
    private const string Failed = "Failed";
    private const string Firing = "firing";
    private const string Resolved = "resolved";

    public static IEnumerable<Defect> Find(Evidence evidence, IReadOnlyList<ProcessEvents> processes) =>
        evidence.Targets.SelectMany(target => Find(target, evidence, processes));

    private static IEnumerable<Defect> Find(TargetTruth target, Evidence evidence, IReadOnlyList<ProcessEvents> processes)
    {
        var sightings = Sighting.Of(Poll.Of(target, processes));
        var told = evidence.Notifications
            .Where(notification => notification.Job.Length > 0 && notification.Labels["target"] == target.Name)
            .ToLookup(notification => notification.Job, StringComparer.Ordinal);
        var logged = evidence.Store.Transitions.Where(step => step.Target == target.Name && step.To == Failed).Select(step => step.JobId);
        var seen = sightings
            .Where(sights => target.Baseline.GetValueOrDefault(sights.Key) != Failed && sights.Any(sight => sight.IsTaken && sight.Status == Failed))
            .Select(sights => sights.Key);
        var failed = logged.Union(seen, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);

        foreach (var jobId in failed)
        {
            if (FaultOf([.. told[jobId].Select(notification => notification.Status)]) is { } kind)
            {
                yield return new Defect(kind, Tell(jobId, told[jobId], evidence));
            }
        }

        foreach (var job in told.Where(job => !failed.Contains(job.Key) || sightings[job.Key].All(sight => sight.Status != Failed)))
        {
            yield return new Defect(DefectKind.FalseAlarm, Tell(job.Key, job, evidence));
        }

        string Tell(string jobId, IEnumerable<Notification> notifications, Evidence run) =>
            $"People were told \"{string.Join(", ", notifications.Select(one => FormattableString.Invariant($"{one.Status} at {one.Received:HH:mm:ss.fff}")))}\". The store has "
            + $"{string.Join(" and ", run.Store.Alerts.Where(alert => alert.JobId == jobId).Select(alert => alert.ToString()).DefaultIfEmpty("no alert"))}.\n"
            + JobCase.Tell(
                target,
                jobId,
                [.. run.Store.Transitions.Where(step => step.Target == target.Name && step.JobId == jobId)],
                [.. sightings[jobId]],
                processes.Select(process => process.Process));
    }

    private static DefectKind? FaultOf(IReadOnlyList<string> told) => told switch
    {
        [Firing, Resolved] => null,
        [] or [Resolved, ..] => DefectKind.Untold,
        [.., Firing] => told.Contains(Resolved, StringComparer.Ordinal) || told.Count > 1 ? DefectKind.ToldTwice : DefectKind.Hanging,
        _ => DefectKind.ToldTwice,
    };
}
