using System.Collections.Immutable;
using JobWatcher.Simulator.Faults;

namespace JobWatcher.Tests.Soak;

/// <summary>
/// Faults that come and go: some hit one project, now and then one hits all. Each kind has its turn before one comes again.
/// Polls may ask and tell from any thread.
/// </summary>
internal sealed class FaultWeather(FaultBook faults, IReadOnlyList<string> projects, Climate climate, Random random)
{
    // So long that a poll that began under a fault ends under it, timeouts and retries included.
    private const int ShortestMinutes = 3;
    private const int LongestMinutes = 8;

    private readonly Deck<FaultKind> _ofProjects = new(FaultKind.OfProjects, random);
    private readonly Deck<FaultKind> _ofAll = new(FaultKind.OfAll, random);
    private readonly Lock _lock = new();
    private readonly Dictionary<FaultKind, (int Hits, int FailedPolls)> _kinds = [];
    private ImmutableList<InForce> _inForce = [];

    /// <summary>How many faults of one project hit requests.</summary>
    public int Faults => _kinds.Values.Sum(kind => kind.Hits);

    /// <summary>How many faults of all projects hit requests.</summary>
    public int Outages { get; private set; }

    /// <summary>How many polls failed under a fault that fails polls, and under nothing else.</summary>
    public int FailedPolls => _kinds.Values.Sum(kind => kind.FailedPolls);

    /// <summary>The kinds that hit no request, and those that had to fail a poll and failed none.</summary>
    public IEnumerable<string> Untried =>
        from kind in FaultKind.OfProjects
        let tried = _kinds.GetValueOrDefault(kind)
        where tried.Hits == 0 || (kind.FailsPolls && tried.FailedPolls == 0)
        select $"{kind.Fault}: {tried}";

    /// <summary>A minute goes by.</summary>
    public void Turn()
    {
        Clear(_inForce.Where(fault => fault.Minutes == 0));
        _inForce = [.. _inForce.Select(fault => fault with { Minutes = fault.Minutes - 1 })];
        foreach (var project in projects.Where(_ => random.NextDouble() < climate.Faults))
        {
            Put(_ofProjects.Deal(), project);
        }

        if (random.NextDouble() < climate.Outages)
        {
            Put(_ofAll.Deal(), project: null);
        }
    }

    /// <summary>All is well from now on.</summary>
    public void Clear() => Clear(_inForce);

    /// <summary>The faults over a project, those of all included.</summary>
    public IReadOnlyList<InForce> Over(string project) =>
        [.. Volatile.Read(ref _inForce).Where(fault => (fault.Project ?? project) == project)];

    /// <summary>A poll failed, which began under these faults.</summary>
    public void Failed(string project, IReadOnlyList<InForce> since)
    {
        // Of several at once, any may be the cause.
        if (since is [{ Project: not null } fault] && Over(project) is [var now] && now.Id == fault.Id && fault.Kind.FailsPolls)
        {
            Count(fault.Kind, hits: 0, failedPolls: 1);
        }
    }

    private void Clear(IEnumerable<InForce> over)
    {
        var ended = over.ToList();
        var matched = faults.Snapshot().Where(fault => fault.Matched > 0).Select(fault => fault.Id).ToHashSet();
        foreach (var fault in ended)
        {
            faults.Clear(fault.Id);
            if (matched.Contains(fault.Id))
            {
                Outages += fault.Project is null ? 1 : 0;
                Count(fault.Kind, hits: fault.Project is null ? 0 : 1, failedPolls: 0);
            }
        }

        _inForce = _inForce.RemoveAll(fault => ended.Exists(one => one.Id == fault.Id));
    }

    private void Put(FaultKind kind, string? project) => _inForce = _inForce.Add(new InForce(
        faults.Put(kind.Fault with { Project = project }), kind, project, random.Next(ShortestMinutes, LongestMinutes + 1) - 1));

    private void Count(FaultKind kind, int hits, int failedPolls)
    {
        lock (_lock)
        {
            var before = _kinds.GetValueOrDefault(kind);
            _kinds[kind] = (before.Hits + hits, before.FailedPolls + failedPolls);
        }
    }

    /// <summary>A fault that was put and not cleared.</summary>
    /// <param name="Id">To clear it by.</param>
    /// <param name="Kind">What goes wrong.</param>
    /// <param name="Project">For whom; null for all.</param>
    /// <param name="Minutes">How many more minutes it lasts.</param>
    internal sealed record InForce(int Id, FaultKind Kind, string? Project, int Minutes);
}
