using JobWatcher.EndToEndTests.Chaos.Logs;
using JobWatcher.EndToEndTests.Chaos.Store;
using JobWatcher.EndToEndTests.Chaos.Truth;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>
/// Each job's steps in the log are those that its sightings make: they hang together, begin in the right status, have
/// every status that a committed poll was shown, none that no answer showed, in this order, and end where the job ended.
/// </summary>
internal static class ChainCheck
{
    public static IEnumerable<Defect> Find(TargetTruth target, StoreContent store, IReadOnlyList<ProcessEvents> processes)
    {
        var sightings = Sighting.Of(Poll.Of(target, processes));
        var chains = store.Transitions.Where(step => step.Target == target.Name).ToLookup(step => step.JobId, StringComparer.Ordinal);
        foreach (var jobId in sightings.Select(sights => sights.Key).Union(chains.Select(chain => chain.Key), StringComparer.Ordinal))
        {
            var chain = chains[jobId].ToList();
            var start = target.Baseline.GetValueOrDefault(jobId, TargetTruth.NotListed);
            var fault = Disconnected(start, chain) ?? Explain(start, chain, [.. sightings[jobId]], target, jobId);
            if (fault is { } found)
            {
                yield return new Defect(
                    found.Kind, $"{found.Told}\n{JobCase.Tell(target, jobId, chain, [.. sightings[jobId]], processes.Select(process => process.Process))}");
            }
        }
    }

    private static Defect? Disconnected(string start, List<StoredTransition> chain)
    {
        var status = start;
        foreach (var step in chain)
        {
            if (step.From != status)
            {
                return new Defect(DefectKind.BrokenChain, $"Step {step.Sequence} comes from {step.From}, where the job was {status}.");
            }

            status = step.To;
        }

        return null;
    }

    private static Defect? Explain(
        string start, List<StoredTransition> chain, IReadOnlyList<Sighting> sightings, TargetTruth target, string jobId)
    {
        var states = chain.Select(step => step.To).Prepend(start).ToList();
        var walk = new ChainWalk(states);
        foreach (var sighting in sightings)
        {
            if (!walk.TryTake(sighting))
            {
                return new Defect(DefectKind.Lost, FormattableString.Invariant(
                    $"A committed poll was shown {sighting.Status} at {sighting.Time:HH:mm:ss.fff}, and the log cannot be read so that the job had it then."));
            }
        }

        if (!walk.CanBeAtEnd)
        {
            return new Defect(DefectKind.Invented, $"What was served explains only {walk.Furthest} of {chain.Count} steps.");
        }

        var isRight = target.Final.TryGetValue(jobId, out var final)
            ? states[^1] == final
            : states[^1] == TargetTruth.NotListed || TargetTruth.IsEnded(states[^1]);
        return isRight
            ? null
            : new Defect(DefectKind.Lost, $"The job ended as {final ?? "taken off the list"}, the log ends with {states[^1]}.");
    }
}
