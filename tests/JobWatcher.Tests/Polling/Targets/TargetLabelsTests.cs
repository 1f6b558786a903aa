using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Targets;
using JobWatcher.Snapshots;
using JobWatcher.Storage;
using JobWatcher.Tests.Reporting.Metrics;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling.Targets;

public sealed class TargetLabelsTests
{
    private static readonly int Known = JobNames.All.Count;

    [Fact]
    public void Known_names_and_statuses_keep_their_own_value_whatever_the_limit()
    {
        var labels = TargetLabels.Starting(jobNameLimit: 1);

        Assert.All(JobNames.All, name => Assert.Equal(name, labels.JobNames.Of(name)));
        Assert.All(
            ["None", "Pending", "Running", "Completed", "Failed", "Unauthorized", "Canceled"],
            status => Assert.Equal(status, labels.Statuses.Of(status)));
    }

    [Fact]
    public void Names_beyond_the_limit_become_other()
    {
        var labels = TargetLabels.Starting(Known + 2).Admitting([Seen("x"), Seen("y"), Seen("z")]);

        Assert.Equal(["x", "y", "other"], new[] { "x", "y", "z" }.Select(labels.JobNames.Of));
    }

    [Fact]
    public void Statuses_that_a_cloud_invents_are_bounded()
    {
        var labels = TargetLabels.Starting(100).Admitting(
            Enumerable.Range(0, 100).Select(number => Seen("x", new JobStatus($"Status{number}"))));

        var values = Enumerable.Range(0, 100).Select(number => labels.Statuses.Of($"Status{number}")).Distinct();

        Assert.Equal(14, values.Count());
    }

    [Fact]
    public void Values_that_durable_counters_use_come_first()
    {
        var counter = new CounterKey("y", "Running", "Paused");

        var labels = TargetLabels.Starting(Known + 1).Admitting([counter]).Admitting([Seen("x")]);

        Assert.Equal(("y", "other"), (labels.JobNames.Of("y"), labels.JobNames.Of("x")));
        Assert.Equal("Paused", labels.Statuses.Of("Paused"));
    }

    [Fact]
    public void Increments_add_up_by_counter()
    {
        var labels = TargetLabels.Starting(Known).Admitting([Seen("x"), Seen("y")]);

        var increments = labels.Increments([Ends("x", 10), Ends("y", 20), Ends("x", 30)]);

        Assert.Equal(
            [KeyValuePair.Create(new CounterKey("other", "Running", "Completed"), new CounterValue(3, 60))], increments);
    }

    [Fact]
    public void Only_a_step_to_an_end_adds_seconds()
    {
        var fixedUp = Ends("x", 10) with { From = JobStatus.Failed };

        var increments = TargetLabels.Starting(100).Admitting([Seen("x")]).Increments([fixedUp]);

        Assert.Equal(new CounterValue(1, 0), increments[new CounterKey("x", "Failed", "Completed")]);
    }

    [Fact]
    public void A_job_that_tells_no_times_adds_no_seconds()
    {
        var step = Ends("x", 10);

        var increments = TargetLabels.Starting(100).Admitting([Seen("x")])
            .Increments([step with { Job = step.Job with { CreatedTime = null } }]);

        Assert.Equal(new CounterValue(1, 0), Assert.Single(increments).Value);
    }

    private static JobSnapshot Seen(string name, JobStatus? status = null) =>
        new() { Job = Job(name, status ?? JobStatus.Running) with { JobName = name } };

    private static Transition Ends(string name, int seconds) => new()
    {
        Job = Job(name, JobStatus.Completed, BeforeNoon, BeforeNoon.AddSeconds(seconds)) with { JobName = name },
        From = JobStatus.Running,
        To = JobStatus.Completed,
        ObservedTime = Noon,
    };
}
