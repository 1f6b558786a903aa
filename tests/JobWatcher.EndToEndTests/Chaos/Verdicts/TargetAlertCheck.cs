using JobWatcher.EndToEndTests.Chaos.Store;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>
/// Of a target that was unreachable people are told that it is and that it is over, in turn, and in the end that it is over. Of
/// outages that follow each other closely they may be told as of one: an Alertmanager knows alerts by their labels alone.
/// </summary>
internal static class TargetAlertCheck
{
    /// <summary>The alert's name.</summary>
    public const string Rule = "TargetUnreachable";

    public static IEnumerable<Defect> Find(Evidence evidence)
    {
        foreach (var target in evidence.Targets.Select(target => target.Name))
        {
            var alerts = evidence.Store.Alerts.Where(alert => alert.Rule == Rule && alert.Target == target).ToList();
            var told = evidence.Notifications
                .Where(notification => notification.Job.Length == 0 && notification.Labels["target"] == target)
                .Select(notification => notification.Status)
                .ToList();
            if (FaultOf(alerts, told) is { } kind)
            {
                yield return new Defect(
                    kind, $"Of target {target} people were told \"{string.Join(", ", told)}\". The store has {string.Join(" and ", alerts.DefaultIfEmpty())}.");
            }
        }
    }

    private static DefectKind? FaultOf(List<StoredAlert> alerts, List<string> told)
    {
        var firing = told.Count(status => status == "firing");
        return firing > alerts.Count ? DefectKind.FalseAlarm
            : alerts.Count > 0 && firing == 0 ? DefectKind.Untold
            : told.Where((status, place) => status != (place % 2 == 0 ? "firing" : "resolved")).Any() ? DefectKind.ToldTwice
            : told is [.., "firing"] ? DefectKind.Hanging
            : null;
    }
}
