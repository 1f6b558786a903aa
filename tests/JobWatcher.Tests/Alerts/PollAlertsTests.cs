using JobWatcher.Alerts;
using JobWatcher.Alerts.Rules;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Tests.Alerting;
using JobWatcher.Tests.Snapshots;
using static JobWatcher.Tests.Alerting.Firing;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Alerts;

/// <summary>Rules A1 to A3 and the poll's part of A5.</summary>
public sealed class PollAlertsTests
{
    [Fact]
    public void A1_All_but_the_end_is_fixed_when_an_alert_starts()
    {
        var alert = OfFailed(Ended("a", JobStatus.Failed) with { FailReason = "No disk left." });

        Assert.Equal(
            [
                ("instance_id", "i"), ("instance_name", "gauss-i"), ("job_id", "a"),
                ("job_name", "RebootGaussDBforMySQLInstance"), ("project_id", "619d3e78f61b4be68bc5aa0b59edcf7b"),
                ("region", "cn-north-4"), ("severity", "critical"), ("target", "prod"), ("team", "payments"),
            ],
            alert.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => (label.Key, label.Value)));
        Assert.Equal("No disk left.", alert.Annotations["fail_reason"]);
        Assert.EndsWith("/JobFailed", alert.Annotations["runbook_url"], StringComparison.Ordinal);
        Assert.Equal("RebootGaussDBforMySQLInstance failed on gauss-i.", alert.Annotations["summary"]);
        Assert.Equal((Noon.AddMinutes(1), Noon.AddMinutes(2)), (alert.StartedTime, alert.ObservedTime));
    }

    [Fact]
    public void A1_A_renamed_instance_or_another_severity_makes_no_second_alert()
    {
        var failed = Ended("a", JobStatus.Failed);
        var firing = OfFailed(failed);
        var renamed = failed with { InstanceName = "another" };

        var changes = PollAlerts.AfterAnswer(
            [firing],
            SightOf([renamed], target: Target(rules => rules with { Failed = rules.Failed with { Severity = "page" } })),
            [new JobSnapshot { Job = renamed }],
            [StepTo(renamed)],
            isBaseline: false);

        Assert.True(changes.IsEmpty);
    }

    [Fact]
    public void A2_A_transition_to_Failed_starts_an_alert_and_one_to_Canceled_where_that_is_wanted()
    {
        var changes = Poll([], Ended("a", JobStatus.Failed, "1"), Ended("b", JobStatus.Canceled, "2"), Ended("c", JobStatus.Completed, "3"));

        Assert.Equal(["JobFailed a", "JobCanceled b"], changes.Started.Select(alert => alert.Tell()));
        Assert.Empty(changes.Ended);
    }

    [Fact]
    public void A2_A_rule_that_is_off_or_excludes_the_name_starts_nothing()
    {
        var failed = Ended("a", JobStatus.Failed);
        var off = Target(rules => rules with { Failed = rules.Failed with { IsEnabled = false } });
        var excluded = Target(rules => rules with { Failed = rules.Failed with { ExcludedJobNames = [failed.JobName] } });

        Assert.All([off, excluded], target => Assert.True(
            PollAlerts.AfterAnswer([], SightOf([failed], target: target), [], [StepTo(failed)], isBaseline: false).IsEmpty));
        Assert.False(new AlertRules().Canceled.IsEnabled);
    }

    [Fact]
    public void A3_A_later_job_of_that_name_that_completes_on_that_instance_ends_the_alert()
    {
        var failed = Ended("a", JobStatus.Failed);

        var changes = Poll([OfFailed(failed)], failed, Later("b"));

        Assert.Equal(["JobFailed a completed"], changes.Ended.Select(alert => alert.Tell()));
        Assert.Equal(Noon.AddMinutes(1), changes.Ended[0].EndedTime);
    }

    [Fact]
    public void A3_A_job_of_another_name_or_instance_or_one_created_before_or_not_completed_ends_nothing()
    {
        var failed = Ended("a", JobStatus.Failed);

        var changes = Poll(
            [OfFailed(failed)],
            failed,
            Later("b") with { JobName = "RestoreDB" },
            Later("c") with { InstanceId = "other" },
            Later("d") with { CreatedTime = failed.CreatedTime },
            Later("e") with { Status = JobStatus.Running });

        Assert.Empty(changes.Ended);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A3_An_instance_without_an_id_is_no_instance(string? instance)
    {
        var failed = Ended("a", JobStatus.Failed, instance);

        Assert.Empty(Poll([OfFailed(failed)], failed, Later("b") with { InstanceId = instance }).Ended);
    }

    [Fact]
    public void A3_A_creation_is_repaired_by_one_of_the_same_instance_name_whatever_its_id()
    {
        var failed = Ended("a", JobStatus.Failed) with { JobName = Create };

        var changes = Poll(
            [OfFailed(failed)], failed, Later("b") with { JobName = Create, InstanceId = "other", InstanceName = "gauss-i" });

        Assert.Equal(["JobFailed a completed"], changes.Ended.Select(alert => alert.Tell()));
    }

    [Fact]
    public void A3_The_deletion_of_the_instance_ends_the_alert()
    {
        var failed = Ended("a", JobStatus.Failed);

        var changes = Poll([OfFailed(failed)], failed, Later("b") with { JobName = Delete });

        Assert.Equal(["JobFailed a deleted"], changes.Ended.Select(alert => alert.Tell()));
    }

    [Fact]
    public void A3_A_job_that_leaves_the_status_ends_its_alert()
    {
        var failed = Ended("a", JobStatus.Failed);
        var running = failed with { Status = JobStatus.Running, EndedTime = null };

        var changes = PollAlerts.AfterAnswer(
            [OfFailed(failed)], SightOf([running]), [new JobSnapshot { Job = running }], [StepTo(running)], isBaseline: false);

        Assert.Equal(["JobFailed a statusChanged"], changes.Ended.Select(alert => alert.Tell()));
    }

    [Fact]
    public void A3_A_completion_that_the_snapshot_holds_already_counts_for_an_alert_that_starts()
    {
        var failed = Ended("a", JobStatus.Failed);

        var changes = PollAlerts.AfterAnswer(
            [], SightOf([failed, Later("b")]), [new JobSnapshot { Job = failed }], [StepTo(failed)], isBaseline: false);

        Assert.Equal(["JobFailed a"], changes.Started.Select(alert => alert.Tell()));
        Assert.Equal(["JobFailed a completed"], changes.Ended.Select(alert => alert.Tell()));
        Assert.Equal(changes.Started[0].Id, changes.Ended[0].Id);
    }

    [Fact]
    public void A3_A_failed_job_that_is_listed_no_more_goes_on_firing()
    {
        var failed = Ended("a", JobStatus.Failed);

        Assert.True(PollAlerts.AfterAnswer([OfFailed(failed)], SightOf([]), [], [], isBaseline: false).IsEmpty);
    }

    [Fact]
    public void A4_A_stuck_job_that_changes_its_status_or_vanishes_ends_its_alert()
    {
        var stuck = Running();
        var firing = TimedAlerts.At([], SightOf([stuck], Noon.AddHours(2)), isUnknown: false).Started;
        var completed = stuck with { Status = JobStatus.Completed, EndedTime = Noon.AddHours(2) };

        var changed = PollAlerts.AfterAnswer(
            firing, SightOf([completed]), [new JobSnapshot { Job = completed }], [StepTo(completed)], isBaseline: false);
        var vanished = PollAlerts.AfterAnswer(firing, SightOf([]), [], [], isBaseline: false);

        Assert.Equal(["JobStuck a statusChanged"], changed.Ended.Select(alert => alert.Tell()));
        Assert.Equal(["JobStuck a vanished"], vanished.Ended.Select(alert => alert.Tell()));
    }

    [Fact]
    public void A5_A_new_baseline_ends_the_alerts_of_jobs_that_it_lacks()
    {
        var failed = Ended("a", JobStatus.Failed);
        var kept = Ended("b", JobStatus.Failed);

        var changes = PollAlerts.AfterAnswer(
            [OfFailed(failed), OfFailed(kept)], SightOf([kept]), [new JobSnapshot { Job = kept }], [], isBaseline: true);

        Assert.Equal(["JobFailed a vanished"], changes.Ended.Select(alert => alert.Tell()));
    }

    [Fact]
    public void The_next_answered_poll_ends_TargetUnreachable()
    {
        var firing = TimedAlerts.At([], SightOf([]), isUnknown: true).Started;

        Assert.Equal(["TargetUnreachable  recovered"], Poll(firing).Ended.Select(alert => alert.Tell()));
    }

    private static ImmediateJob Later(string id) => Ended(id, JobStatus.Completed) with { CreatedTime = Noon.AddSeconds(30) };
}
