using JobWatcher.EndToEndTests.Chaos.Store;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>Each step to Failed has one alert, nothing else but an outage has any, and in the end none fires.</summary>
internal static class AlertCheck
{
    private const string Rule = "JobFailed";

    public static IEnumerable<Defect> Find(StoreContent store)
    {
        var failures = store.Transitions.Where(step => step.To == "Failed").ToLookup(step => (step.Target, step.JobId));
        var alerts = store.Alerts.Where(alert => alert.Rule == Rule).ToLookup(alert => (alert.Target, alert.JobId));
        foreach (var (target, jobId) in failures.Select(steps => steps.Key).Union(alerts.Select(same => same.Key)))
        {
            var (failed, told) = (failures[(target, jobId)].Count(), alerts[(target, jobId)].Count());
            if (failed != told)
            {
                yield return new Defect(DefectKind.WrongAlert, $"Job {jobId} of {target} failed {failed} times and has {told} alerts.");
            }
        }

        foreach (var alert in store.Alerts.Where(alert => alert.Rule is not (Rule or TargetAlertCheck.Rule)))
        {
            yield return new Defect(DefectKind.WrongAlert, $"Nothing was there to fire {alert}.");
        }

        foreach (var alert in store.Alerts.Where(alert => alert.Ended is null))
        {
            yield return new Defect(DefectKind.Hanging, $"{alert} still fires.");
        }
    }
}
