using System.Globalization;
using JobWatcher.Polling;
using JobWatcher.Polling.Targets;

namespace JobWatcher.Reporting.Metrics;

/// <summary>What a target tells of itself, whether its jobs are known or not.</summary>
internal static class TargetSamples
{
    /// <summary>The series of one target.</summary>
    /// <param name="watch">The target.</param>
    /// <param name="unreported">Its transitions that the log reporter has not written yet.</param>
    public static IEnumerable<Sample> Of(TargetWatch watch, long unreported)
    {
        var target = watch.Target;
        var state = watch.State;
        (string, string) of = ("target", target.Name);

        yield return new Sample(MetricFamilies.TargetInfo, 1,
        [
            of,
            ("project_id", target.ProjectId),
            ("region", target.Region),
            ("api_endpoint", target.Endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/')),
            ("credentials", target.Credentials),
            .. target.Labels.Select(label => (label.Key, label.Value)),
        ]);
        yield return new Sample(MetricFamilies.TargetUp, state.LastOutcome?.IsAnswered() == true ? 1 : 0, of);
        yield return new Sample(
            MetricFamilies.LastSuccessfulPoll, MetricTime.SecondsOrZero(state.Record?.LastAnswered), of);
        yield return new Sample(
            MetricFamilies.LastCompleteListing, MetricTime.SecondsOrZero(state.Record?.LastComplete), of);
        yield return new Sample(MetricFamilies.WindowsUnreliable, state.Record?.WindowsUnreliableSince is null ? 0 : 1, of);
        yield return new Sample(MetricFamilies.PollInterval, watch.Interval.TotalSeconds, of);
        yield return new Sample(MetricFamilies.UnreportedTransitions, unreported, of, ("reporter", TransitionReporter.Name));

        if (state.LastDuration is { } duration)
        {
            yield return new Sample(MetricFamilies.LastPollDuration, duration.TotalSeconds, of);
        }

        foreach (var outcome in PollOutcomes.All)
        {
            yield return new Sample(
                MetricFamilies.Polls, state.Polls.GetValueOrDefault(outcome), of, ("outcome", outcome.Label()))
            {
                TakeOver = state.TakeOver,
            };
        }

        foreach (var (call, count) in watch.Calls.Counts)
        {
            yield return new Sample(
                MetricFamilies.ApiRequests,
                count,
                of,
                ("operation", call.Operation),
                ("code", call.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "none"))
            {
                TakeOver = state.TakeOver,
            };
        }
    }
}
