using JobWatcher.Alerts;
using JobWatcher.Storage;

namespace JobWatcher.Tests.Polling;

/// <content>Alerts.</content>
internal sealed partial class MemoryStore
{
    private readonly List<Alert> _alerts = [];
    private readonly HashSet<AlertId> _startsTold = [];
    private readonly HashSet<AlertId> _endsTold = [];

    /// <summary>All alerts, in the order in which they started.</summary>
    public IReadOnlyList<Alert> Alerts => Do<IReadOnlyList<Alert>>("Peek", () => [.. _alerts]).Result;

    public async Task<AlertChanges?> CommitAlertsAsync(
        string target,
        long? version,
        Func<IReadOnlyList<Alert>, AlertChanges> decide,
        CancellationToken cancellationToken)
    {
        var changes = await Do("CommitAlerts", () =>
            version is null || _targets.GetValueOrDefault(target)?.Version == version
                ? DecideAlerts(target, decide)
                : null);
        AfterAlerts?.Invoke();
        return changes;
    }

    public Task<IReadOnlyList<Alert>> ReadAlertsAsync(DateTimeOffset endSeenAfter, CancellationToken cancellationToken) =>
        Do<IReadOnlyList<Alert>>("ReadAlerts", () =>
            [.. _alerts.Where(alert => alert.IsFiring || alert.EndSeenTime > endSeenAfter)]);

    public Task<IReadOnlyList<UntoldAlert>> ReadUntoldAlertsAsync(int limit, CancellationToken cancellationToken) =>
        Do<IReadOnlyList<UntoldAlert>>("ReadUntoldAlerts", () =>
        [
            .. _alerts
                .Where(alert => !_startsTold.Contains(alert.Id) || (!alert.IsFiring && !_endsTold.Contains(alert.Id)))
                .Take(limit)
                .Select(alert => new UntoldAlert(alert, _startsTold.Contains(alert.Id))),
        ]);

    public Task MarkToldAsync(IReadOnlyCollection<UntoldAlert> alerts, CancellationToken cancellationToken) =>
        Do("MarkTold", () =>
        {
            _startsTold.UnionWith(alerts.Select(told => told.Alert.Id));
            _endsTold.UnionWith(alerts.Where(told => !told.Alert.IsFiring).Select(told => told.Alert.Id));
            return 0;
        });

    public Task MarkShownAsync(IReadOnlyCollection<AlertId> alerts, CancellationToken cancellationToken) =>
        Do("MarkShown", () =>
        {
            foreach (var index in Enumerable.Range(0, _alerts.Count).Where(index => alerts.Contains(_alerts[index].Id)))
            {
                _alerts[index] = _alerts[index] with { IsShown = true };
            }

            return 0;
        });

    private AlertChanges DecideAlerts(string target, Func<IReadOnlyList<Alert>, AlertChanges>? decide)
    {
        var changes = decide?.Invoke([.. _alerts.Where(alert => alert.IsFiring && alert.Key.Target == target)]) ??
            AlertChanges.None;
        var keys = _alerts.Where(alert => alert.IsFiring).Select(alert => alert.Key).ToHashSet();
        if (changes.Started.Any(alert => !keys.Add(alert.Key)))
        {
            throw new StoreException("Two alerts would fire under one key.");
        }

        _alerts.AddRange(changes.Started);
        foreach (var ended in changes.Ended)
        {
            var index = _alerts.FindIndex(alert => alert.Id == ended.Id);
            _alerts[index] = ended with { IsShown = _alerts[index].IsShown };
        }

        return changes;
    }
}
