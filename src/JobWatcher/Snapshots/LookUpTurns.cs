namespace JobWatcher.Snapshots;

/// <summary>
/// Shares the few look-ups of a poll out among the jobs that need one, so that those which prove nothing for ever do not
/// starve the others. One caller at a time.
/// </summary>
internal sealed class LookUpTurns
{
    /// <summary>How many jobs have their turn in one poll: a list that was cut must not turn into a storm of requests.</summary>
    public const int InAPoll = 20;

    private Dictionary<string, long> _lastTurns = new(StringComparer.Ordinal);
    private long _turns;

    /// <summary>Gives turns: to those that never had one first, then to those whose last one was longest ago.</summary>
    /// <param name="jobIds">All jobs that need a look-up now, each once; the others lose their place.</param>
    public IReadOnlyList<string> Take(IEnumerable<string> jobIds)
    {
        var waiting = jobIds
            .Select(id => (Id: id, Last: _lastTurns.GetValueOrDefault(id)))
            .OrderBy(job => job.Last)
            .ThenBy(job => job.Id, StringComparer.Ordinal)
            .ToList();
        _lastTurns = waiting.Where(job => job.Last > 0).ToDictionary(job => job.Id, job => job.Last, StringComparer.Ordinal);

        string[] taken = [.. waiting.Take(InAPoll).Select(job => job.Id)];
        _turns++;
        foreach (var id in taken)
        {
            _lastTurns[id] = _turns;
        }

        return taken;
    }
}
