using JobWatcher.Alerting;
using System.Collections.Concurrent;
using JobWatcher.Alerting.Receivers;
using JobWatcher.Alerts;

namespace JobWatcher.Tests.Alerting.Receivers;

/// <summary>Alerts that a test starts and ends, of a cloud whose clock may differ from the machine's.</summary>
internal sealed class FakeAlerts(TimeProvider time) : IAlertsToSend
{
    private readonly ConcurrentDictionary<AlertId, Alert> _alerts = new();

    public event EventHandler? Changed;

    public IReadOnlyCollection<Alert> All => [.. _alerts.Values];

    /// <summary>How far the cloud's clock is ahead; null while no cloud has answered.</summary>
    public TimeSpan? CloudAhead { get; set; } = TimeSpan.Zero;

    public DateTimeOffset Now => time.GetUtcNow() + (CloudAhead ?? TimeSpan.Zero);

    public DateTimeOffset? CloudNow(string target) => CloudAhead is { } ahead ? time.GetUtcNow() + ahead : null;

    /// <summary>Takes in an alert as it is.</summary>
    public Alert Put(Alert alert)
    {
        _alerts[alert.Id] = alert;
        Changed?.Invoke(this, EventArgs.Empty);
        return alert;
    }

    /// <summary>A job fails now.</summary>
    public Alert Start(string job = "job-1", AlertName? name = null) => Put(SomeAlert.Firing(job, Now, name));

    /// <summary>An alert ends now.</summary>
    public Alert End(Alert alert) => Put(_alerts[alert.Id].Ended(EndReason.Completed, Now, Now));

    /// <summary>An alert is forgotten.</summary>
    public void Remove(Alert alert) => _alerts.TryRemove(alert.Id, out _);

    public void Hold(AlertHolder holder)
    {
        // Nothing is forgotten here but by the test.
    }

    public void Release(AlertHolder holder)
    {
        // Nothing was held.
    }
}
