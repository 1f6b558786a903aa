using System.Collections.Immutable;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Targets;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Storage;

namespace JobWatcher.Tests.Reporting.Metrics;

public sealed class CounterSamplesTests
{
    private static readonly CounterKey Fails = new("x", "Running", "Failed");
    private static readonly CounterKey FailsAtOnce = new("x", "None", "Failed");
    private static readonly CounterKey Restarts = new("x", "Failed", "Running");

    [Fact]
    public void A_name_in_the_snapshot_has_the_contracts_steps_at_0()
    {
        var shown = Of([], namesInSnapshot: ["x"]).Of(MetricFamilies.JobTransitions).BySeries();

        Assert.Equal(
            [
                "None/Completed", "None/Failed", "None/Pending", "None/Running", "Pending/Canceled", "Pending/Running",
                "Running/Canceled", "Running/Completed", "Running/Failed",
            ],
            Of([], ["x"]).Of(MetricFamilies.JobTransitions).Select(Step).Order(StringComparer.Ordinal));
        Assert.All(shown.Values, value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_durable_counter_is_shown_whether_its_name_is_listed_or_not()
    {
        var shown = Of([(Restarts, 3, 0)]).Of(MetricFamilies.JobTransitions).BySeries();

        Assert.Equal(3, Assert.Single(shown).Value);
        Assert.Equal(
            """jobwatcher_job_transitions_total{from="Failed",job_name="x",target="prod",to="Running"}""", shown.Keys.Single());
    }

    [Fact]
    public void Failures_are_all_steps_to_Failed()
    {
        var shown = Of([(Fails, 2, 60), (FailsAtOnce, 1, 30), (Restarts, 1, 0)]).Of(MetricFamilies.JobFailures).BySeries();

        Assert.Equal(3, shown["""jobwatcher_job_failures_total{job_name="x",target="prod"}"""]);
    }

    [Fact]
    public void Failures_of_known_names_are_present_at_0()
    {
        var shown = Of([(Fails, 2, 60)], namesAtZero: JobNames.All).Of(MetricFamilies.JobFailures).BySeries();

        Assert.Equal(JobNames.All.Count + 1, shown.Count);
        Assert.Equal(2, shown.Values.Sum());
    }

    [Fact]
    public void Ended_jobs_and_their_seconds_are_the_steps_from_open_to_ended()
    {
        var corrected = new CounterKey("x", "Completed", "Failed");
        var shown = Of([(Fails, 2, 60), (FailsAtOnce, 1, 30), (corrected, 1, 0), (Restarts, 1, 0)]).BySeries();

        Assert.Equal(3, shown["""jobwatcher_ended_jobs_total{job_name="x",status="Failed",target="prod"}"""]);
        Assert.Equal(90, shown["""jobwatcher_ended_job_seconds_total{job_name="x",status="Failed",target="prod"}"""]);
    }

    [Fact]
    public void A_step_that_became_other_counts_once()
    {
        var other = new CounterKey("other", "Running", "other");

        var shown = Of([(other, 4, 0)]);

        Assert.Equal(4, Assert.Single(shown).Value);
    }

    [Fact]
    public void The_value_at_take_over_goes_with_each()
    {
        var state = State([(Fails, 5, 100)]) with
        {
            CountersAtTakeOver = State([(Fails, 3, 60)]).Counters,
        };

        var shown = CounterSamples.Of("prod", state, [], []).ToDictionary(sample => sample.Family, sample => sample.AtTakeOver);

        Assert.Equal(3, shown[MetricFamilies.JobTransitions]);
        Assert.Equal(3, shown[MetricFamilies.JobFailures]);
        Assert.Equal(3, shown[MetricFamilies.EndedJobs]);
        Assert.Equal(60, shown[MetricFamilies.EndedJobSeconds]);
    }

    private static List<Sample> Of(
        (CounterKey Key, long Count, double Seconds)[] counters,
        IReadOnlyCollection<string>? namesInSnapshot = null,
        IEnumerable<string>? namesAtZero = null) =>
        [.. CounterSamples.Of("prod", State(counters), namesInSnapshot ?? [], namesAtZero ?? [])];

    private static TargetState State((CounterKey Key, long Count, double Seconds)[] counters) => new()
    {
        AnsweredTimestamp = 0,
        Counters = counters.ToImmutableDictionary(
            counter => counter.Key, counter => new CounterValue(counter.Count, counter.Seconds)),
    };

    private static string Step(Sample sample)
    {
        var labels = sample.Labels.ToDictionary(label => label.Name, label => label.Value, StringComparer.Ordinal);
        return $"{labels["from"]}/{labels["to"]}";
    }
}
