using JobWatcher.EndToEndTests.Chaos.Truth;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>
/// Reads a job's sightings along the statuses of its log. A sighting that must have been taken in leaves only those places
/// whose status it shows; one that may have been adds those to which it would have led.
/// </summary>
/// <param name="states">The status before the first step, and those after each.</param>
internal sealed class ChainWalk(IReadOnlyList<string> states)
{
    private SortedSet<int> _places = [0];

    /// <summary>How many steps are explained at most.</summary>
    public int Furthest => _places.Max;

    /// <summary>Whether all steps are explained.</summary>
    public bool CanBeAtEnd => _places.Contains(states.Count - 1);

    /// <summary>Takes the next sighting; false when it contradicts the log, however that is read.</summary>
    public bool TryTake(Sighting sighting)
    {
        var next = _places.Where(place => states[place] == sighting.Status || !sighting.IsTaken);
        var led = _places
            .Where(place => place + 1 < states.Count && states[place] != sighting.Status && states[place + 1] == sighting.Status)
            .Select(place => place + 1);
        SortedSet<int> places = [.. next, .. led];
        if (places.Count == 0)
        {
            return false;
        }

        _places = places;
        return true;
    }
}
