using System.Collections.Frozen;
using JobWatcher.Alerts;
using JobWatcher.Alerts.Rules;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Tests.Alerting;
using JobWatcher.Tests.Snapshots;
using static JobWatcher.Tests.Alerting.Firing;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Alerts;

/// <summary>Rule A4, and what ends or starts by time alone.</summary>
public sealed class TimedAlertsTests
{
    [Theory]
    [InlineData("Pending", 24 * 60)]
    [InlineData("Running", 120)]
    [InlineData("Unauthorized", 60)]
    [InlineData("Paused", 120)]
    public void A4_An_open_job_is_stuck_when_it_has_its_status_for_the_threshold(string status, int minutes)
    {
        var job = Job("a", new JobStatus(status), Noon);

        var before = At(Noon.AddMinutes(minutes).AddTicks(-1), job);
        var then = At(Noon.AddMinutes(minutes), job);

        Assert.True(before.IsEmpty);
        Assert.Equal(["JobStuck a"], then.Started.Select(alert => alert.Tell()));
        Assert.Equal(Noon.AddMinutes(minutes), then.Started[0].StartedTime);
    }

    [Fact]
    public void A4_A_threshold_of_the_jobs_name_goes_before_that_of_its_status_and_may_be_off()
    {
        var target = Target(rules => rules with
        {
            Stuck = rules.Stuck with
            {
                ByJobName = new Dictionary<string, StuckThresholds>
                {
                    ["RebootGaussDBforMySQLInstance"] = new() { Running = new StuckThreshold(TimeSpan.FromHours(4)) },
                    ["Backup"] = new() { Running = new StuckThreshold(After: null) },
                }.ToFrozenDictionary(),
            },
        });
        var reboot = Job("a", JobStatus.Running, Noon);
        var backup = reboot with { JobId = "b", JobName = "Backup" };

        Assert.True(TimedAlerts.At([], SightOf([reboot, backup], Noon.AddHours(3), target), isUnknown: false).IsEmpty);
        Assert.Equal(
            ["JobStuck a"],
            TimedAlerts.At([], SightOf([reboot, backup], Noon.AddDays(9), target), isUnknown: false).Started.Select(alert => alert.Tell()));
    }

    [Fact]
    public void A2_While_the_state_is_unknown_nothing_gets_stuck_and_what_fires_stays()
    {
        var job = Job("a", JobStatus.Running, Noon);
        var sight = SightOf([job], Noon.AddHours(3));
        var firing = TimedAlerts.At([], sight, isUnknown: false).Started;

        Assert.Equal(["TargetUnreachable"], TimedAlerts.At([], sight, isUnknown: true).Started.Select(alert => alert.Tell()));
        Assert.Empty(TimedAlerts.At(firing, sight, isUnknown: true).Ended);
    }

    [Fact]
    public void A4_Before_the_cloud_has_told_its_time_nothing_gets_stuck()
    {
        var sight = SightOf([Job("a", JobStatus.Running, Noon)], Noon.AddHours(3)) with { IsCloudTimeKnown = false };

        Assert.True(TimedAlerts.At([], sight, isUnknown: false).IsEmpty);
        Assert.Null(TimedAlerts.NextDue([], sight));
    }

    [Fact]
    public void A4_Before_the_cloud_has_told_its_time_nothing_expires()
    {
        var failed = OfFailed(Ended("a", JobStatus.Failed));
        var sight = SightOf([], failed.ObservedTime.AddDays(2)) with { IsCloudTimeKnown = false };

        Assert.True(TimedAlerts.At([failed], sight, isUnknown: false).IsEmpty);
        Assert.Null(TimedAlerts.NextDue([failed], sight));
    }

    [Fact]
    public void An_alert_starts_once()
    {
        var sight = SightOf([Job("a", JobStatus.Running, Noon)], Noon.AddHours(3));
        var stuck = TimedAlerts.At([], sight, isUnknown: false).Started;
        var unreachable = TimedAlerts.At([], sight, isUnknown: true).Started;

        Assert.True(TimedAlerts.At(stuck, sight, isUnknown: false).IsEmpty);
        Assert.True(TimedAlerts.At(unreachable, sight, isUnknown: true).IsEmpty);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A3_An_alert_of_a_bad_end_expires_when_it_was_seen_so_long_ago(bool isUnknown)
    {
        var failed = OfFailed(Ended("a", JobStatus.Failed));
        var due = failed.ObservedTime + TimeSpan.FromDays(1);
        var target = Target(rules => rules with { Unreachable = rules.Unreachable with { IsEnabled = false } });

        var before = TimedAlerts.At([failed], SightOf([], due.AddTicks(-1), target), isUnknown);
        var then = TimedAlerts.At([failed], SightOf([], due, target), isUnknown);

        Assert.True(before.IsEmpty);
        Assert.Equal(["JobFailed a expired"], then.Ended.Select(alert => alert.Tell()));
        Assert.Equal(due, then.Ended[0].EndedTime);
    }

    [Fact]
    public void The_next_moment_is_the_earliest_of_all_thresholds_and_expiries()
    {
        var failed = OfFailed(Ended("f", JobStatus.Failed));
        var job = Job("a", JobStatus.Running, Noon);

        Assert.Null(TimedAlerts.NextDue([], SightOf([])));
        Assert.Equal(Noon.AddHours(2), TimedAlerts.NextDue([failed], SightOf([job])));
        var stuck = TimedAlerts.At([], SightOf([job], Noon.AddHours(2)), isUnknown: false).Started;
        Assert.Equal(failed.ObservedTime.AddDays(1), TimedAlerts.NextDue([failed, .. stuck], SightOf([job])));
    }

    [Fact]
    public void A_job_created_at_the_end_of_the_calendar_is_never_due_and_keeps_no_other_from_it()
    {
        var endless = Job("e", JobStatus.Running, DateTimeOffset.MaxValue);
        var sight = SightOf([endless, Job("a", JobStatus.Running, Noon)], Noon.AddHours(2));

        Assert.Equal(Noon.AddHours(2), TimedAlerts.NextDue([], sight));
        Assert.Equal(["JobStuck a"], TimedAlerts.At([], sight, isUnknown: false).Started.Select(alert => alert.Tell()));
    }

    private static AlertChanges At(DateTimeOffset time, params ImmediateJob[] jobs) =>
        TimedAlerts.At([], SightOf(jobs, time), isUnknown: false);
}
