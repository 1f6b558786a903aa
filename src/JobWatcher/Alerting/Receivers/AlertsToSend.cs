using JobWatcher.Alerts;
using JobWatcher.Polling.Targets;

namespace JobWatcher.Alerting.Receivers;

/// <summary>The alerts of this process.</summary>
internal sealed class AlertsToSend(AlertBoard board, TargetWatches watches, TimeProvider time) : IAlertsToSend
{
    /// <inheritdoc/>
    public event EventHandler? Changed
    {
        add => board.Changed += value;
        remove => board.Changed -= value;
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<Alert> All => board.All;

    /// <inheritdoc/>
    public DateTimeOffset? CloudNow(string target) =>
        watches.Find(target) is { } watch ? watch.CloudNow : watches.EarliestCloudNow ?? time.GetUtcNow();

    /// <inheritdoc/>
    public void Hold(AlertHolder holder) => board.Hold(holder);

    /// <inheritdoc/>
    public void Release(AlertHolder holder) => board.Release(holder);
}
