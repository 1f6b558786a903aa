using JobWatcher.Alerts;

namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>
/// Labels are all that an Alertmanager tells alerts apart by. Of those with the same ones, as of a target that is unreachable
/// twice, only the newest is told: the end of the one before would end it as well. The newest is the one that fires, else the
/// one whose end was seen last, for their starts may have been seen by different clocks.
/// </summary>
internal static class NewestAlerts
{
    /// <summary>The newest alert of each set of labels.</summary>
    public static IEnumerable<Alert> Of(IEnumerable<Alert> alerts) => alerts
        .GroupBy(alert => alert.Key)
        .SelectMany(group => NewestOf([.. group]));

    private static IEnumerable<Alert> NewestOf(IReadOnlyList<Alert> alerts)
    {
        if (alerts.Count == 1)
        {
            return alerts;
        }

        var newest = new List<Alert>();
        foreach (var alert in alerts
            .OrderByDescending(alert => alert.EndSeenTime ?? DateTimeOffset.MaxValue)
            .ThenByDescending(alert => alert.ObservedTime))
        {
            if (!newest.Exists(newer => HaveSameLabels(newer, alert)))
            {
                newest.Add(alert);
            }
        }

        return newest;
    }

    private static bool HaveSameLabels(Alert left, Alert right) =>
        left.Labels.Count == right.Labels.Count &&
        left.Labels.All(label => right.Labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
