using JobWatcher.Alerting.Receivers;

namespace JobWatcher.Tests.Alerting.Receivers.Alertmanager;

/// <summary>Rule A8: whose clock tells which time.</summary>
public sealed class AlertmanagerTimeTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SenderRig _rig = new();

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    [InlineData(7200)]
    [InlineData(-7200)]
    public async Task Times_are_told_by_the_Alertmanagers_clock(int ahead)
    {
        _rig.Peer.Ahead = TimeSpan.FromSeconds(ahead);
        var alert = _rig.Alerts.Start();
        await _rig.PassAsync(2 * Minute);
        Assert.Equal(["firing job-1"], _rig.Peer.Notifications);
        Assert.Equal(["job-1"], _rig.Peer.Firing);

        _rig.Alerts.End(alert);
        _rig.Wake();
        await _rig.PassAsync(20 * Minute);

        Assert.Equal(["firing job-1", "resolved job-1"], _rig.Peer.Notifications);
        Assert.Equal(SomeAlert.Noon.AddMinutes(2).AddSeconds(ahead), _rig.Peer.Posts[^1][0].EndsAt);
    }

    [Fact]
    public async Task The_first_answer_of_an_Alertmanager_whose_clock_is_far_off_does_not_count()
    {
        _rig.Peer.Ahead = TimeSpan.FromHours(1);
        _rig.Alerts.Start();

        await _rig.PostAsync();

        Assert.Equal(2, _rig.Peer.Posts.Count);
        Assert.Equal(_rig.Peer.Now.AddMinutes(15), _rig.Peer.Posts[1][0].EndsAt);
        Assert.Equal(1, _rig.Count(NotificationOutcome.Accepted));
    }

    [Fact]
    public async Task No_alert_starts_later_than_the_Alertmanagers_now()
    {
        _rig.Peer.TellsDate = false;
        _rig.Alerts.Put(SomeAlert.Firing(observed: SomeAlert.Noon.AddMinutes(2)));

        await _rig.PostAsync();

        Assert.Equal(SomeAlert.Noon, _rig.Peer.Posts[0][0].StartsAt);
    }

    [Fact]
    public async Task The_watchers_own_clock_plays_no_part()
    {
        var alert = _rig.Alerts.Start();
        await _rig.PassAsync(Minute);

        _rig.Time.Set(TimeSpan.FromDays(400));
        _rig.Alerts.CloudAhead = TimeSpan.FromDays(-400);
        _rig.Peer.Ahead = TimeSpan.FromDays(-400);
        _rig.Wake();
        await _rig.PassAsync(2 * Minute);

        Assert.Equal(["firing job-1"], _rig.Peer.Notifications);
        Assert.Equal(["job-1"], _rig.Peer.Firing);
        Assert.Equal(alert.StartedTime, _rig.Peer.Posts[^1][0].StartsAt);
        Assert.InRange(_rig.Peer.Posts[^1][0].EndsAt, _rig.Peer.Now.AddMinutes(14), _rig.Peer.Now.AddMinutes(15));
    }

    public void Dispose() => _rig.Dispose();
}
