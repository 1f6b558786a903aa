using JobWatcher.Alerting.Receivers;
using JobWatcher.Tests.Reporting;

namespace JobWatcher.Tests.Alerting.Receivers.Alertmanager;

/// <summary>What an Alertmanager refuses costs nothing else, and is tried again.</summary>
public sealed class RefusedPostsTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SenderRig _rig = new();

    [Fact]
    public async Task One_alert_that_is_refused_loses_no_other_and_is_told_once()
    {
        _rig.Peer.Refuses = post => post.Any(alert => alert.Job is "job-7" or "job-8")
            ? FakeAlertmanager.With(400, "invalid label")(post)
            : null;
        for (var job = 0; job < 20; job++)
        {
            _rig.Alerts.Start($"job-{job}");
        }

        await _rig.PassAsync(3 * Minute);

        Assert.Equal(18, _rig.Peer.Firing.Count);
        Assert.DoesNotContain("job-7", _rig.Peer.Firing);
        Assert.Equal(2, _rig.Count(NotificationOutcome.Rejected));
        Assert.Equal(0, _rig.Count(NotificationOutcome.Retried));
        Assert.Equal(0, _rig.Sender.Pending(_rig.Source.Agenda()));
        Assert.Equal(
            _rig.Alerts.All.Where(alert => alert.Key.JobId is "job-7" or "job-8").Select(alert => alert.Id.Value).ToHashSet(StringComparer.Ordinal),
            _rig.Log.Events.Select(told => (string)told.Field("AlertId")!).ToHashSet(StringComparer.Ordinal));
        Assert.Equal(2, _rig.Log.Events.Count);
    }

    [Fact]
    public async Task What_was_refused_is_tried_again_before_its_last_post_runs_out()
    {
        _rig.Alerts.Start();
        await _rig.PassAsync(3.5 * Minute);
        _rig.Peer.Refuses = post => post.Count > 0 ? FakeAlertmanager.With(413)(post) : null;
        await _rig.PassAsync(Minute);
        _rig.Peer.Refuses = null;

        await _rig.PassAsync(60 * Minute);

        Assert.Equal(["firing job-1"], _rig.Peer.Notifications);
        Assert.Equal(["job-1"], _rig.Peer.Firing);
        Assert.Equal(1, _rig.Count(NotificationOutcome.Rejected));
        Assert.InRange(_rig.Peer.Posts.Count, 55, 65);
    }

    [Fact]
    public async Task What_stays_refused_is_tried_every_five_minutes_alone_and_told_once()
    {
        _rig.Peer.Refuses = post => post.Any(alert => alert.Job is "job-7") ? FakeAlertmanager.With(400)(post) : null;
        for (var job = 0; job < 20; job++)
        {
            _rig.Alerts.Start($"job-{job}");
        }

        await _rig.PostAsync();
        var before = _rig.Peer.Posts.Count;
        await _rig.PassAsync(16 * Minute);

        var again = _rig.Peer.Posts.Skip(before).Where(post => post.Any(alert => alert.Job is "job-7")).ToList();
        Assert.Equal([1, 1, 1], again.Select(post => post.Count));
        Assert.Equal(1, _rig.Count(NotificationOutcome.Rejected));
        Assert.Single(_rig.Log.Events);
        Assert.Equal(0, _rig.Sender.Pending(_rig.Source.Agenda()));
    }

    [Fact]
    public async Task The_end_of_what_is_refused_as_firing_is_told_at_once()
    {
        var alert = _rig.Alerts.Start();
        await _rig.PassAsync(5.5 * Minute);
        _rig.Peer.Refuses = post => post.Any(posted => posted.EndsAt > _rig.Alerts.Now) ? FakeAlertmanager.With(400)(post) : null;
        await _rig.PassAsync(Minute);
        _rig.Alerts.End(alert);
        _rig.Wake();

        await _rig.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["firing job-1", "resolved job-1"], _rig.Peer.Notifications);
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_cut()
    {
        _rig.Peer.Refuses = post => post.Count > 5 ? FakeAlertmanager.With(413)(post) : null;
        for (var job = 0; job < 40; job++)
        {
            _rig.Alerts.Start($"job-{job}");
        }

        await _rig.PostAsync();

        Assert.Equal(40, _rig.Peer.Firing.Count);
        Assert.Equal(0, _rig.Count(NotificationOutcome.Rejected));
    }

    public void Dispose() => _rig.Dispose();
}
