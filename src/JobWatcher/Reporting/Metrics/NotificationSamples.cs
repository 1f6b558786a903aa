using JobWatcher.Alerting.Receivers;

namespace JobWatcher.Reporting.Metrics;

/// <summary>What the receivers of alerts took and what they have not taken yet.</summary>
internal sealed class NotificationSamples(PendingNotifications pending, NotificationCounts counts)
{
    /// <summary>The samples of this moment: all outcomes of each receiver, at 0 until they happen.</summary>
    public IEnumerable<Sample> Now() => pending.All.SelectMany(receiver => Of(receiver.Receiver, receiver.Count));

    private IEnumerable<Sample> Of(string receiver, long count) =>
    [
        .. Enum.GetValues<NotificationOutcome>().Select(outcome => new Sample(
            MetricFamilies.Notifications, counts.Of(receiver, outcome), ("receiver", receiver), ("outcome", Label(outcome)))),
        new Sample(MetricFamilies.NotificationsPending, count, ("receiver", receiver)),
    ];

    private static string Label(NotificationOutcome outcome) => outcome switch
    {
        NotificationOutcome.Accepted => "accepted",
        NotificationOutcome.Retried => "retried",
        NotificationOutcome.Rejected => "rejected",
        _ => "expired",
    };
}
