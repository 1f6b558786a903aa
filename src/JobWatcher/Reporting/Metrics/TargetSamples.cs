using System.Globalization;
using JobWatcher.Polling;

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

        yield return new Sample(Families.TargetInfo, 1,
        [
            of,
            ("project_id", target.ProjectId),
            ("region", target.Region),
            ("api_endpoint", target.Endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/')),
            ("credentials", target.Credentials),
            .. target.Labels.Select(label => (label.Key, label.Value)),
        ]);
        yield return new Sample(Families.TargetUp, state.LastOutcome?.IsAnswered() == true ? 1 : 0, of);
        yield return new Sample(
            Families.LastSuccessfulPoll, UnixTime.SecondsOrZero(state.Record?.LastAnswered), of);
        yield return new Sample(
            Families.LastCompleteListing, UnixTime.SecondsOrZero(state.Record?.LastComplete), of);
        yield return new Sample(Families.WindowsUnreliable, state.Record?.WindowsUnreliableSince is null ? 0 : 1, of);
        yield return new Sample(Families.PollInterval, watch.Interval.TotalSeconds, of);
        yield return new Sample(Families.UnreportedTransitions, unreported, of, ("reporter", TransitionReporter.Name));

        if (state.LastDuration is { } duration)
        {
            yield return new Sample(Families.LastPollDuration, duration.TotalSeconds, of);
        }

        foreach (var outcome in PollOutcomes.All)
        {
            yield return new Sample(
                Families.Polls, state.Polls.GetValueOrDefault(outcome), of, ("outcome", outcome.Label()));
        }

        foreach (var (call, count) in watch.Calls.Counts)
        {
            yield return new Sample(
                Families.ApiRequests,
                count,
                of,
                ("operation", call.Operation),
                ("code", call.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "none"));
        }
    }
}
