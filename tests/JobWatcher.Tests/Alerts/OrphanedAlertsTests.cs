using JobWatcher.Alerts;
using JobWatcher.Alerts.Rules;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Tests.Alerting;
using JobWatcher.Tests.Snapshots;
using static JobWatcher.Tests.Alerting.Firing;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Alerts;

/// <summary>Rule A5.</summary>
public sealed class OrphanedAlertsTests
{
    private static readonly ImmediateJob Failed = Ended("a", JobStatus.Failed);
    private static readonly ImmediateJob Stuck = Job("s", JobStatus.Running, Noon);

    [Fact]
    public void Alerts_whose_rule_and_job_are_there_go_on()
    {
        Assert.True(OrphanedAlerts.Of(All, SightOf([Failed, Stuck], Noon.AddHours(3))).IsEmpty);
    }

    [Fact]
    public void Those_whose_rule_is_off_end()
    {
        var off = Target(rules => rules with
        {
            Failed = rules.Failed with { IsEnabled = false },
            Stuck = rules.Stuck with { IsEnabled = false },
            Unreachable = rules.Unreachable with { IsEnabled = false },
        });

        Assert.Equal(
            ["JobFailed a removed", "JobStuck s removed", "TargetUnreachable  removed"],
            Ends(SightOf([Failed, Stuck], Noon.AddHours(3), off)));
    }

    [Fact]
    public void Those_whose_job_is_not_in_the_snapshot_end()
    {
        Assert.Equal(["JobFailed a vanished", "JobStuck s vanished"], Ends(SightOf([], Noon.AddHours(3))));
    }

    [Fact]
    public void Those_of_jobs_that_are_not_reported_any_more_end()
    {
        var target = Target() with { JobNames = ["RestoreDB"] };

        Assert.Equal(
            ["JobFailed a removed", "JobStuck s removed"], Ends(SightOf([Failed, Stuck], Noon.AddHours(3), target)));
    }

    [Fact]
    public void A_raised_threshold_ends_what_is_not_stuck_by_it_once_the_cloud_has_told_its_time()
    {
        var raised = Target(rules => rules with
        {
            Stuck = rules.Stuck with
            {
                Thresholds = rules.Stuck.Thresholds with { Running = new StuckThreshold(TimeSpan.FromHours(5)) },
            },
        });
        var sight = SightOf([Failed, Stuck], Noon.AddHours(3), raised);

        Assert.Equal(["JobStuck s removed"], Ends(sight));
        Assert.Empty(Ends(sight with { IsCloudTimeKnown = false }));
    }

    [Fact]
    public void All_of_a_target_that_is_not_configured_any_more_end()
    {
        Assert.Equal(
            [EndReason.Removed, EndReason.Removed, EndReason.Removed],
            OrphanedAlerts.OfRemoved(All, Noon.AddHours(3)).Ended.Select(alert => alert.EndReason));
    }

    private static IReadOnlyList<Alert> All =>
    [
        OfFailed(Failed),
        .. TimedAlerts.At([], SightOf([Stuck], Noon.AddHours(2)), isUnknown: false).Started,
        .. TimedAlerts.At([], SightOf([]), isUnknown: true).Started,
    ];

    private static IEnumerable<string> Ends(AlertSight sight) => OrphanedAlerts.Of(All, sight).Ended.Select(alert => alert.Tell());
}
