using JobWatcher.Alerting.Receivers;
using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Targets;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Tests.Polling;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Reporting.Metrics;

public sealed class StateSamplesTests : IDisposable
{
    private static readonly MetricFamily[] OfJobs =
    [
        MetricFamilies.Jobs, MetricFamilies.LastJobEnded, MetricFamilies.OldestOpenJobAge, MetricFamilies.OpenJobInfo, MetricFamilies.OpenJobCreated,
        MetricFamilies.OpenJobStatusSince, MetricFamilies.OpenJobsDropped,
    ];

    private readonly WatchRig _rig = new();

    [Fact]
    public async Task Every_series_is_there_once()
    {
        await _rig.BaselineAsync(
            Running("a"), Running("b"), Running("b\u200B"), Running("b\u200C"), Job("c", JobStatus.Failed, BeforeNoon, BeforeNoon));
        _rig.Watch.Calls.Count(new ApiCall("ListImmediateJobs", 200));
        _rig.Watch.Calls.Count(new ApiCall("ListImmediateJobs", null));

        var shown = Now().BySeries();

        Assert.Equal(1, shown[
            """jobwatcher_api_requests_total{code="none",operation="ListImmediateJobs",target="prod"}"""]);
    }

    [Fact]
    public async Task Jobs_are_shown_while_the_state_is_known()
    {
        await _rig.BaselineAsync(Running("a"), Job("b", JobStatus.Failed, BeforeNoon, BeforeNoon));

        var families = Now().Select(sample => sample.Family).ToHashSet();

        Assert.All(OfJobs, family => Assert.Contains(family, families));
    }

    [Fact]
    public async Task Jobs_are_withdrawn_while_the_state_is_unknown_and_counters_stay()
    {
        await _rig.BaselineAsync(Running("a"), Job("b", JobStatus.Failed, BeforeNoon, BeforeNoon));
        _rig.Client.Fails();
        await _rig.PollAgainAsync();
        _rig.Time.Advance(_rig.Target.UnknownAfter);

        var families = Now().Select(sample => sample.Family).ToHashSet();

        Assert.All(OfJobs, family => Assert.DoesNotContain(family, families));
        Assert.Contains(MetricFamilies.JobTransitions, families);
        Assert.Contains(MetricFamilies.TargetUp, families);
    }

    [Fact]
    public async Task Jobs_of_the_last_process_are_not_shown_before_this_one_has_asked()
    {
        await _rig.BaselineAsync(Running("a"));
        _rig.Restart();
        await _rig.Watch.TakeOverAsync(WatchRig.Token);

        var families = Now().Select(sample => sample.Family).ToHashSet();

        Assert.All(OfJobs, family => Assert.DoesNotContain(family, families));
        Assert.Contains(MetricFamilies.JobTransitions, families);
    }

    [Fact]
    public async Task Jobs_beyond_the_limit_are_dropped_and_that_is_told()
    {
        await _rig.BaselineAsync(Running("a"), Running("b"), Running("c"));

        var shown = Now(new MetricsOptions(true, PerJobLimit: 2, PerJobLimitTotal: 100, KnownJobNamesAtZero: true));

        Assert.Equal(2, shown.Of(MetricFamilies.OpenJobInfo).Count());
        Assert.Equal(1, Assert.Single(shown.Of(MetricFamilies.OpenJobsDropped)).Value);
    }

    [Fact]
    public async Task Without_series_for_each_job_all_are_dropped()
    {
        await _rig.BaselineAsync(Running("a"));

        var shown = Now(new MetricsOptions(PerJob: false, 500, 20_000, KnownJobNamesAtZero: true));

        Assert.Empty(shown.Of(MetricFamilies.OpenJobInfo));
        Assert.Equal(1, Assert.Single(shown.Of(MetricFamilies.OpenJobsDropped)).Value);
    }

    [Theory]
    [InlineData(true, 24)]
    [InlineData(false, 1)]
    public async Task Failures_of_known_names_are_present_from_the_first_poll(bool knownJobNamesAtZero, int names)
    {
        var options = new MetricsOptions(true, 500, 20_000, knownJobNamesAtZero);
        await _rig.Watch.TakeOverAsync(WatchRig.Token);
        var before = Now(options);

        await _rig.BaselineAsync(Running("a"));

        Assert.Empty(before.Of(MetricFamilies.JobFailures));
        Assert.Equal(names, Now(options).Of(MetricFamilies.JobFailures).Count());
    }

    [Fact]
    public async Task Names_that_are_not_reported_have_no_series()
    {
        using var rig = new WatchRig(WatchRig.TargetNamed("prod") with { JobNames = ["GaussDBforMySQLBindEIP"] });
        await rig.BaselineAsync(Running("a"));

        var shown = Now(rig: rig);

        Assert.Empty(shown.Of(MetricFamilies.Jobs));
        Assert.Equal(
            """jobwatcher_job_failures_total{job_name="GaussDBforMySQLBindEIP",target="prod"}""",
            Assert.Single(shown.Of(MetricFamilies.JobFailures)).Series());
    }

    [Fact]
    public async Task An_age_goes_on_between_polls_by_the_clouds_clock()
    {
        await _rig.BaselineAsync(Running("a"));
        _rig.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(3610, Assert.Single(Now().Of(MetricFamilies.OldestOpenJobAge)).Value);
    }

    [Fact]
    public async Task A_target_tells_of_itself()
    {
        await _rig.BaselineAsync();
        var answered = _rig.Time.GetUtcNow();
        _rig.Client.Fails(CloudFault.Throttled);
        await _rig.PollAgainAsync();

        var shown = Now().BySeries();

        Assert.Equal(1, shown["""jobwatcher_target_info{api_endpoint="https://gaussdb.cn-north-4.myhuaweicloud.com",credentials="default",project_id="619d3e78f61b4be68bc5aa0b59edcf7b",region="cn-north-4",target="prod",team="payments"}"""]);
        Assert.Equal(0, shown["""jobwatcher_target_up{target="prod"}"""]);
        Assert.Equal(
            answered.ToUnixTimeSeconds(), shown["""jobwatcher_last_successful_poll_timestamp_seconds{target="prod"}"""]);
        Assert.Equal(1, shown["""jobwatcher_polls_total{outcome="success",target="prod"}"""]);
        Assert.Equal(1, shown["""jobwatcher_polls_total{outcome="throttled",target="prod"}"""]);
        Assert.Equal(30, shown["""jobwatcher_poll_interval_seconds{target="prod"}"""]);
    }

    [Fact]
    public void A_target_that_was_never_polled_tells_zeros()
    {
        var shown = Now().BySeries();

        Assert.Equal(0, shown["""jobwatcher_target_up{target="prod"}"""]);
        Assert.Equal(0, shown["""jobwatcher_last_successful_poll_timestamp_seconds{target="prod"}"""]);
        Assert.Equal(0, shown["""jobwatcher_last_complete_listing_timestamp_seconds{target="prod"}"""]);
        Assert.Equal(7, Now().Of(MetricFamilies.Polls).Count(sample => sample.Value == 0));
    }

    [Fact]
    public async Task What_was_polled_before_a_restart_goes_on()
    {
        await _rig.BaselineAsync();
        var answered = _rig.Time.GetUtcNow();
        _rig.Restart();

        await _rig.Watch.TakeOverAsync(WatchRig.Token);

        Assert.Equal(
            answered.ToUnixTimeSeconds(),
            Now().BySeries()["""jobwatcher_last_complete_listing_timestamp_seconds{target="prod"}"""]);
    }

    [Fact]
    public void A_store_that_is_gone_takes_no_series_of_the_process_with_it()
    {
        _rig.Health.FailsToRead("The disk is full.");

        var shown = Now().BySeries();

        Assert.Equal(0, shown["jobwatcher_store_up{}"]);
        Assert.Equal(1, shown["jobwatcher_configured_targets{}"]);
        Assert.Equal(1, shown["jobwatcher_owned_targets{}"]);
    }

    public void Dispose() => _rig.Dispose();

    private IReadOnlyList<Sample> Now(MetricsOptions? options = null, WatchRig? rig = null)
    {
        rig ??= _rig;
        var watches = new TargetWatches();
        watches.Replace([rig.Watch]);
        var samples = new StateSamples(
            watches,
            rig.Reporter,
            new AlertSamples(rig.Board, rig.Time),
            new ProcessSamples(
                rig.Health,
                rig.Shares,
                new NotificationSamples(new PendingNotifications(), new NotificationCounts()),
                rig.Time),
            options ?? new MetricsOptions(PerJob: true, 500, 20_000, KnownJobNamesAtZero: true),
            rig.Time);
        return samples.Now();
    }
}
