using System.Globalization;
using System.Text;
using JobWatcher.EndToEndTests.Chaos.Logs;
using JobWatcher.EndToEndTests.Chaos.Store;
using JobWatcher.EndToEndTests.Chaos.Truth;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>Tells all that is known of one job, so that the cause can be found from a failure's message alone.</summary>
internal static class JobCase
{
    public static string Tell(
        TargetTruth target,
        string jobId,
        IReadOnlyList<StoredTransition> chain,
        IReadOnlyList<Sighting> sightings,
        IEnumerable<ProcessLog> processes)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"  job {jobId} of target {target.Name}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  before the watch began: {target.Baseline.GetValueOrDefault(jobId, "not there")}; in the end: {target.Final.GetValueOrDefault(jobId, "not listed")}");
        text.AppendLine("  log:");
        foreach (var step in chain)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    {At(DateTimeOffset.FromUnixTimeMilliseconds(step.Observed))} #{step.Sequence} {step.From} to {step.To} ({step.Id})");
        }

        text.AppendLine("  served:");
        foreach (var run in Runs(sightings))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    {At(run[0].Time)} to {At(run[^1].Time)} {run[0].Status}, {run.Count} times, process {run[0].Poll.Process.Number}, {Fate(run[0])}");
        }

        text.AppendLine("  processes:");
        var seenBy = sightings.Select(sighting => sighting.Poll.Process.Number).DefaultIfEmpty(0).ToList();
        foreach (var process in processes.Where(process => process.Number >= seenBy.Min() - 1 && process.Number <= seenBy.Max() + 1))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    {process}");
        }

        return text.ToString();
    }

    private static IEnumerable<IReadOnlyList<Sighting>> Runs(IEnumerable<Sighting> sightings)
    {
        List<Sighting> run = [];
        foreach (var sighting in sightings)
        {
            if (run is [.., var last] && (last.Status, last.Poll.Process.Number, Fate(last)) != (sighting.Status, sighting.Poll.Process.Number, Fate(sighting)))
            {
                yield return run;
                run = [];
            }

            run.Add(sighting);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    private static string Fate(Sighting sighting) => sighting.Poll.End is { } end
        ? $"poll ended with {end.Outcome}{(sighting.IsTaken ? "" : ", need not count")}"
        : "the process said nothing of the poll's end";

    private static string At(DateTimeOffset time) => time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
