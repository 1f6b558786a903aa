using JobWatcher.Alerting;
using JobWatcher.Alerts;
using JobWatcher.Planning;
using JobWatcher.Polling.Targets;

namespace JobWatcher.Reporting.Metrics;

/// <summary>
/// The alerts that a scrape shows. One that started and ended between two scrapes is shown all the same: for as long as its
/// rules say from its start, and until one scrape was answered (rule A6 of the protocol). One scrape at a time.
/// </summary>
internal sealed class AlertSamples(AlertBoard board, TimeProvider time)
{
    private readonly List<Alert> _shown = [];

    /// <summary>A scrape begins.</summary>
    public void Begin() => _shown.Clear();

    /// <summary>The series of one target's alerts, each once.</summary>
    public IEnumerable<Sample> Of(TargetWatch watch)
    {
        var now = watch.CloudNow ?? time.GetUtcNow();
        var series = new HashSet<string>(StringComparer.Ordinal);
        foreach (var alert in board.Of(watch.Target.Name).Where(alert => IsShown(alert, watch.Target, now)))
        {
            _shown.Add(alert);
            var sample = new Sample(
                MetricFamilies.ActiveAlert,
                1,
                [("alert", alert.Key.Name.Value), .. alert.Labels.Select(label => (label.Key, label.Value))]);
            // One that ended may still be shown when the same job fires again.
            if (series.Add(sample.Series))
            {
                yield return sample;
            }
        }
    }

    /// <summary>The scrape that began last was answered.</summary>
    public void Carried() => board.Shown(_shown);

    private static bool IsShown(Alert alert, WatchedTarget target, DateTimeOffset now) =>
        alert.IsFiring || !alert.IsShown || now - alert.SeenSince < target.Rules.MinActive;
}
