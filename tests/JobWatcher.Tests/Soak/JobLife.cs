namespace JobWatcher.Tests.Soak;

/// <summary>What truly became of one job, and what the watcher told of it.</summary>
/// <param name="jobId">Its id.</param>
/// <param name="isOfBaseline">Whether it was there before watching began: its first status is taken in silently.</param>
internal sealed class JobLife(string jobId, bool isOfBaseline)
{
    private const string NotListed = "None";

    private readonly List<(string Status, DateTimeOffset Since)> _truth = [];
    private readonly List<(string From, string To)> _told = [];

    public string JobId => jobId;

    public string Status => _truth[^1].Status;

    public DateTimeOffset Since => _truth[^1].Since;

    public bool IsOpen => Status is "Pending" or "Running";

    /// <summary>When it left the list; null while it is listed.</summary>
    public DateTimeOffset? Removed { get; private set; }

    /// <summary>The cloud shows another status from now on.</summary>
    public void Become(string status, DateTimeOffset now) => _truth.Add((status, now));

    /// <summary>The cloud lists it no more.</summary>
    public void Remove(DateTimeOffset now) => Removed = now;

    /// <summary>The watcher told a step.</summary>
    public void Tell(string from, string to) => _told.Add((from, to));

    /// <summary>What is wrong with what was told; null if nothing is.</summary>
    /// <param name="polls">The target's polls that saw everything, by their beginnings and ends.</param>
    public string? Fault(IReadOnlyList<(DateTimeOffset Began, DateTimeOffset Ended)> polls)
    {
        var seen = isOfBaseline ? Status0 : NotListed;
        var next = isOfBaseline ? 1 : 0;
        foreach (var (from, to) in _told)
        {
            var at = to == NotListed && Removed is not null && WasOpen ? _truth.Count : _truth.FindIndex(next, step => step.Status == to);
            if (from != seen || at < next || Enumerable.Range(next, at - next).Any(missed => IsInSight(missed, polls)))
            {
                return Because(from != seen ? "does not go on" : at < next ? "never happened" : "leaves out what was in sight");
            }

            (seen, next) = (to, at + 1);
        }

        var isMissing = Enumerable.Range(next, Math.Max(0, _truth.Count - next)).Any(missed => IsInSight(missed, polls));
        var hasVanished = Removed is not null && WasOpen && seen != NotListed;
        return isMissing || hasVanished ? Because("is not told to its end") : null;
    }

    private string Status0 => _truth[0].Status;

    private bool WasOpen => IsOpen;

    // A poll that began after the change and ended before the next one cannot have missed it.
    private bool IsInSight(int step, IReadOnlyList<(DateTimeOffset Began, DateTimeOffset Ended)> polls)
    {
        var since = _truth[step].Since;
        var until = step + 1 < _truth.Count ? _truth[step + 1].Since : Removed ?? DateTimeOffset.MaxValue;
        return polls.Any(poll => poll.Began >= since && poll.Ended < until);
    }

    private string Because(string what) =>
        $"{jobId} {what}: true are {string.Join(", ", _truth)}, removed {Removed}; told were {string.Join(", ", _told)}";
}
