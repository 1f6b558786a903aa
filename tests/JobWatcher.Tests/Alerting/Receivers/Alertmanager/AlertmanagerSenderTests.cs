using JobWatcher.Alerting.Receivers;
using JobWatcher.Alerts;
using JobWatcher.Tests.Reporting;

namespace JobWatcher.Tests.Alerting.Receivers.Alertmanager;

public sealed class AlertmanagerSenderTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SenderRig _rig = new();

    [Fact]
    public async Task An_alert_is_posted_with_labels_texts_times_and_a_link()
    {
        _rig.Alerts.Start("job/1");

        await _rig.PostAsync();

        var posted = Assert.Single(Assert.Single(_rig.Peer.Posts));
        Assert.Equal("alertname=JobWatcherJobFailed,job_id=job/1,severity=critical,target=prod", posted.Identity);
        Assert.Equal("It failed.", posted.Annotations["summary"]);
        Assert.Equal(SomeAlert.Noon.AddSeconds(-10), posted.StartsAt);
        Assert.Equal(SomeAlert.Noon.AddMinutes(15), posted.EndsAt);
        Assert.Equal("https://jw.example.com/base/?target=prod&q=job%2F1", posted.GeneratorUrl);
    }

    [Fact]
    public async Task An_alert_is_posted_again_each_minute_while_it_fires()
    {
        _rig.Alerts.Start();

        await _rig.PassAsync(5 * Minute);

        Assert.Equal(6, _rig.Peer.Posts.Count);
        Assert.Equal(SomeAlert.Noon.AddMinutes(20), _rig.Peer.Posts[^1][0].EndsAt);
        Assert.Equal(["firing job-1"], _rig.Peer.Notifications);
        Assert.Equal(6, _rig.Count(NotificationOutcome.Accepted));
    }

    [Fact]
    public async Task A_change_is_posted_at_once_and_alone()
    {
        _rig.Alerts.Start("a");
        await _rig.PostAsync();
        _rig.Alerts.Start("b");

        await _rig.PostAsync();

        Assert.Equal(["b"], _rig.Peer.Posts[1].Select(alert => alert.Job));
    }

    [Fact]
    public async Task An_end_is_told_after_minActive_and_again_for_a_quarter_of_an_hour()
    {
        var alert = _rig.Alerts.Start();
        await _rig.PassAsync(2 * Minute);
        _rig.Alerts.End(alert);
        _rig.Wake();

        await _rig.PassAsync(2.9 * Minute);
        Assert.Equal(["firing job-1"], _rig.Peer.Notifications);
        await _rig.PassAsync(0.1 * Minute);
        Assert.Equal(["firing job-1", "resolved job-1"], _rig.Peer.Notifications);
        var before = _rig.Peer.Posts.Count;
        await _rig.PassAsync(60 * Minute);

        Assert.Equal(14, _rig.Peer.Posts.Count - before);
        Assert.All(_rig.Peer.Posts.Skip(before), post => Assert.Equal(SomeAlert.Noon.AddMinutes(2), post[0].EndsAt));
        Assert.Equal(["firing job-1", "resolved job-1"], _rig.Peer.Notifications);
    }

    [Fact]
    public async Task An_alert_that_came_and_went_while_the_Alertmanager_was_away_fires_once_and_ends_once()
    {
        _rig.Peer.Refuses = FakeAlertmanager.With(500);
        var alert = _rig.Alerts.Start();
        await _rig.PassAsync(Minute);
        _rig.Alerts.End(alert);
        await _rig.PassAsync(60 * Minute);
        _rig.Peer.Refuses = null;

        await _rig.PassAsync(Minute);
        Assert.Equal(["firing job-1"], _rig.Peer.Notifications);
        await _rig.PassAsync(60 * Minute);

        Assert.Equal(["firing job-1", "resolved job-1"], _rig.Peer.Notifications);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(302)]
    public async Task An_Alertmanager_that_answered_with_errors_knows_all_within_one_resend_of_its_return(int status)
    {
        _rig.Peer.Refuses = FakeAlertmanager.With(status);
        foreach (var job in Enumerable.Range(0, 3))
        {
            _rig.Alerts.Start($"job-{job}");
        }

        await _rig.PassAsync(10 * Minute);
        Assert.Equal(3, _rig.Sender.Pending(_rig.Source.Agenda()));
        _rig.Peer.Refuses = null;
        await _rig.PassAsync(Minute);

        Assert.Equal(["job-0", "job-1", "job-2"], _rig.Peer.Firing);
        Assert.Equal(0, _rig.Sender.Pending(_rig.Source.Agenda()));
        Assert.Equal(0, _rig.Count(NotificationOutcome.Rejected));
        Assert.InRange(_rig.Count(NotificationOutcome.Retried), 3 * 10, 3 * 10 * 60);
    }

    [Fact]
    public async Task An_Alertmanager_that_is_restarted_empty_knows_all_within_one_resend()
    {
        _rig.Alerts.Start("a");
        _rig.Alerts.Start("b");
        await _rig.PassAsync(1.5 * Minute);

        _rig.Peer.Restart();
        await _rig.PassAsync(Minute);

        Assert.Equal(["a", "b"], _rig.Peer.Firing);
        Assert.Equal(2, _rig.Peer.Notifications.Count);
    }

    [Fact]
    public async Task An_outage_is_one_event()
    {
        _rig.Peer.Refuses = FakeAlertmanager.With(503, "over\u202Eload");
        _rig.Alerts.Start();
        await _rig.PassAsync(10 * Minute);
        _rig.Peer.Refuses = null;
        await _rig.PassAsync(10 * Minute);

        var failed = _rig.Log.Single("NotificationFailed");
        Assert.Equal("am", failed.Field("Receiver"));
        Assert.Equal("http://am", failed.Field("Host"));
        Assert.Null(failed.Field("AlertId"));
        Assert.Equal(1, failed.Field("Attempt"));
        Assert.Equal(503, failed.Field("HttpStatus"));
        Assert.Equal("It answered 503: over\\u202eload", failed.Field("Error"));
    }

    [Fact]
    public async Task Retry_After_is_kept_up_to_five_minutes()
    {
        _rig.Peer.Refuses = FakeAlertmanager.With(429, retryAfter: 90);
        _rig.Alerts.Start();
        await _rig.PostAsync();

        var pause = await _rig.Sender.PostDueAsync(SenderRig.Token);
        Assert.Equal((TimeSpan.FromSeconds(90), true), (pause.Length, pause.IsBackoff));
        _rig.Peer.Refuses = FakeAlertmanager.With(503, retryAfter: 86_400);
        pause = await _rig.Sender.PostDueAsync(SenderRig.Token);
        Assert.Equal(TimeSpan.FromMinutes(5), pause.Length);
    }

    [Fact]
    public async Task Of_alerts_with_the_same_labels_only_the_newest_is_told()
    {
        var first = _rig.Alerts.Start("", AlertName.TargetUnreachable);
        await _rig.PassAsync(6 * Minute);
        _rig.Alerts.End(first);
        _rig.Wake();
        await _rig.PassAsync(2 * Minute);
        _rig.Alerts.Start("", AlertName.TargetUnreachable);
        _rig.Wake();
        var before = _rig.Peer.Posts.Count;

        await _rig.PassAsync(30 * Minute);

        Assert.Equal(["firing ", "resolved ", "firing "], _rig.Peer.Notifications);
        Assert.All(_rig.Peer.Posts.Skip(before), post => Assert.Single(post));
        Assert.DoesNotContain("&q=", _rig.Peer.Posts[^1][0].GeneratorUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_fires_is_told_before_an_older_one_that_was_seen_to_start_by_a_clock_that_was_ahead()
    {
        var first = _rig.Alerts.Put(SomeAlert.Firing("", _rig.Alerts.Now + (120 * Minute), AlertName.TargetUnreachable));
        await _rig.PassAsync(6 * Minute);
        _rig.Alerts.End(first);
        _rig.Wake();
        await _rig.PassAsync(20 * Minute);
        var second = _rig.Alerts.Start("", AlertName.TargetUnreachable);
        _rig.Wake();
        await _rig.PassAsync(6 * Minute);
        _rig.Alerts.End(second);
        _rig.Wake();

        await _rig.PassAsync(6 * Minute);

        Assert.Equal(["firing ", "resolved ", "firing ", "resolved "], _rig.Peer.Notifications);
    }

    [Fact]
    public async Task Requests_are_bounded_in_alerts_and_bytes()
    {
        for (var job = 0; job < 600; job++)
        {
            _rig.Alerts.Start($"job-{job}");
        }

        await _rig.PostAsync();
        Assert.Equal([256, 256, 88], _rig.Peer.Posts.Select(post => post.Count));

        var reason = new string('界', 15_000);
        for (var job = 0; job < 10; job++)
        {
            var large = SomeAlert.Firing($"large-{job}");
            _rig.Alerts.Put(large with
            {
                Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { ["fail_reason"] = reason },
            });
        }

        await _rig.PostAsync();

        Assert.Equal([5, 5], _rig.Peer.Posts.Skip(3).Select(post => post.Count));
    }

    [Fact]
    public async Task What_starts_while_all_is_told_again_goes_with_the_next_request()
    {
        for (var job = 0; job < 600; job++)
        {
            _rig.Alerts.Start($"job-{job}");
        }

        await _rig.PostAsync();
        _rig.Time.Advance(Minute);
        _rig.Peer.Refuses = _ =>
        {
            if (_rig.Peer.Posts.Count == 4)
            {
                _rig.Alerts.Start("late");
            }

            return null;
        };
        await _rig.PostAsync();

        var again = _rig.Peer.Posts.Skip(3).ToList();
        Assert.Equal([256, 256, 89], again.Select(post => post.Count));
        Assert.Equal("late", again[1][0].Job);
        Assert.Equal(601, again.SelectMany(post => post).Select(alert => alert.Job).Distinct().Count());
    }

    [Fact]
    public async Task While_the_store_is_away_what_fires_is_told_again_and_nothing_ends()
    {
        var alert = _rig.Alerts.Start();
        _rig.Store.IsDown = true;
        await _rig.PassAsync(2 * Minute);
        _rig.Alerts.End(alert);
        await _rig.PassAsync(60 * Minute);
        Assert.Equal(["firing job-1"], _rig.Peer.Notifications);
        Assert.True(_rig.Peer.Posts.Count > 60);

        _rig.Store.IsDown = false;
        await _rig.PassAsync(2 * Minute);

        Assert.Equal(["firing job-1", "resolved job-1"], _rig.Peer.Notifications);
    }

    [Fact]
    public async Task A_restart_of_the_watcher_tells_nothing_twice()
    {
        var alert = _rig.Alerts.Start();
        await _rig.PassAsync(6 * Minute);
        _rig.Time.Advance(10 * Minute);
        await _rig.RestartAsync();
        await _rig.PassAsync(Minute);
        Assert.Equal(["firing job-1"], _rig.Peer.Notifications);

        _rig.Alerts.End(alert);
        _rig.Wake();
        await _rig.PassAsync(Minute);
        await _rig.RestartAsync();
        await _rig.PassAsync(60 * Minute);
        await _rig.RestartAsync();
        await _rig.PassAsync(60 * Minute);

        Assert.Equal(["firing job-1", "resolved job-1"], _rig.Peer.Notifications);
    }

    public void Dispose() => _rig.Dispose();
}
