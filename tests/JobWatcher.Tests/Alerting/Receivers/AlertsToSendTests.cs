using JobWatcher.Alerting.Receivers;
using JobWatcher.Polling.Targets;
using JobWatcher.Tests.Polling;

namespace JobWatcher.Tests.Alerting.Receivers;

public sealed class AlertsToSendTests : IDisposable
{
    private readonly WatchRig _rig = new();
    private readonly TargetWatches _watches = new();
    private readonly AlertsToSend _alerts;

    public AlertsToSendTests()
    {
        _watches.Replace([_rig.Watch]);
        _alerts = new AlertsToSend(_rig.Board, _watches, _rig.Time);
    }

    [Fact]
    public async Task The_alerts_of_a_removed_target_go_by_the_clock_that_ended_them()
    {
        await _rig.BaselineAsync();
        _rig.Time.Set(TimeSpan.FromMinutes(-20));

        Assert.NotEqual(_rig.Time.GetUtcNow(), _alerts.CloudNow(_rig.Target.Name));
        Assert.Equal(_alerts.CloudNow(_rig.Target.Name), _alerts.CloudNow("removed"));
    }

    [Fact]
    public void Where_no_cloud_has_told_its_time_a_removed_target_has_the_machines_and_a_watched_one_none()
    {
        Assert.Equal(_rig.Time.GetUtcNow(), _alerts.CloudNow("removed"));
        Assert.Null(_alerts.CloudNow(_rig.Target.Name));
    }

    public void Dispose() => _rig.Dispose();
}
