using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Targets;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Snapshots;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Reporting.Metrics;

public sealed class JobSamplesTests
{
    private const string Name = "RebootGaussDBforMySQLInstance";

    private static readonly TargetLabels Labels = TargetLabels.Starting(100);

    [Fact]
    public void Jobs_are_counted_by_name_and_status_with_Pending_and_Running_at_0()
    {
        var shown = OfAll(
            Job("a", JobStatus.Failed), Job("b", JobStatus.Failed), Job("c", JobStatus.Running)).Of(MetricFamilies.Jobs);

        Assert.Equal(
            [(Of("Failed"), 2), (Of("Pending"), 0), (Of("Running"), 1)],
            shown.BySeries().OrderBy(series => series.Key).Select(series => (series.Key, (int)series.Value)));

        static string Of(string status) =>
            $$"""jobwatcher_jobs{job_name="{{Name}}",status="{{status}}",target="prod"}""";
    }

    [Fact]
    public void A_target_without_jobs_has_no_series_of_jobs() => Assert.Empty(OfAll());

    [Fact]
    public void Names_and_statuses_beyond_the_limits_add_up_to_one_series()
    {
        var shown = OfAll(
            Job("a", JobStatus.Running) with { JobName = "x" }, Job("b", JobStatus.Running) with { JobName = "y" })
            .BySeries();

        Assert.Equal(2, shown["""jobwatcher_jobs{job_name="other",status="Running",target="prod"}"""]);
    }

    [Fact]
    public void The_last_end_is_that_of_the_latest()
    {
        var shown = OfAll(
            Job("a", JobStatus.Completed, ended: Noon), Job("b", JobStatus.Completed, ended: Noon.AddSeconds(-1)),
            Job("c", JobStatus.Failed)).Of(MetricFamilies.LastJobEnded);

        var only = Assert.Single(shown);
        Assert.Equal(Noon.ToUnixTimeSeconds(), only.Value);
        Assert.Contains("status=\"Completed\"", only.Series(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_oldest_open_jobs_age_is_told_by_the_clouds_clock()
    {
        var shown = OfAll(
            Job("a", JobStatus.Running, Noon.AddMinutes(-5)), Job("b", JobStatus.Running, Noon.AddMinutes(-2)),
            Job("c", JobStatus.Completed, BeforeNoon, Noon)).Of(MetricFamilies.OldestOpenJobAge);

        Assert.Equal(300, Assert.Single(shown).Value);
    }

    [Fact]
    public void An_age_is_never_negative()
    {
        var shown = OfAll(Job("a", JobStatus.Running, Noon.AddMinutes(1))).Of(MetricFamilies.OldestOpenJobAge);

        Assert.Equal(0, Assert.Single(shown).Value);
    }

    [Fact]
    public void An_open_job_has_its_own_series()
    {
        var known = new JobSnapshot
        {
            Job = Running() with { Process = "30%", InstanceId = "a1b2in07", InstanceName = "orders\u202e" },
            StatusSince = Noon,
        };

        var shown = JobSamples.OfEach("prod", Labels, [known]).BySeries();

        Assert.Equal(
            new Dictionary<string, double>
            {
                [$$"""jobwatcher_open_job_info{instance_id="a1b2in07",instance_name="orders{{'\uFFFD'}}",job_id="a",job_name="{{Name}}",status="Running",target="prod"}"""] = 1,
                ["""jobwatcher_open_job_created_timestamp_seconds{job_id="a",target="prod"}"""] = BeforeNoon.ToUnixTimeSeconds(),
                ["""jobwatcher_open_job_status_since_timestamp_seconds{job_id="a",target="prod"}"""] = Noon.ToUnixTimeSeconds(),
                ["""jobwatcher_open_job_progress_ratio{job_id="a",target="prod"}"""] = 0.3,
            },
            shown);
    }

    [Fact]
    public void What_the_API_does_not_tell_of_an_open_job_is_absent()
    {
        var shown = JobSamples.OfEach("prod", Labels, [new JobSnapshot { Job = Job("a", JobStatus.Pending) }]);

        Assert.Equal(MetricFamilies.OpenJobInfo, Assert.Single(shown).Family);
    }

    private static List<Sample> OfAll(params ImmediateJob[] jobs) =>
        [.. JobSamples.OfAll("prod", Labels, [.. jobs.Select(job => new JobSnapshot { Job = job })], Noon)];
}
