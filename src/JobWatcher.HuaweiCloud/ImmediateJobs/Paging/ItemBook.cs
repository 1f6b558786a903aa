using JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

namespace JobWatcher.HuaweiCloud.ImmediateJobs.Paging;

/// <summary>All items of a listing, over all its readings, in the order in which they were first seen.</summary>
internal sealed class ItemBook
{
    private readonly Dictionary<string, ImmediateJob?> _jobs = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly HashSet<UInt128> _contents = [];
    private int _withoutId;

    /// <summary>How many distinct items there are: jobs by id, others by content.</summary>
    public int Count => _jobs.Count + _withoutId;

    /// <summary>How many of them cannot be read as a job.</summary>
    public int Malformed => _withoutId + _jobs.Values.Count(job => job is null);

    public IEnumerable<string> Ids => _order;

    public bool HasId(string id) => _jobs.ContainsKey(id);

    public bool HasContent(UInt128 content) => _contents.Contains(content);

    public ImmediateJob? Job(string id) => _jobs[id];

    public void Add(ListedItem item)
    {
        var isNewContent = _contents.Add(item.ContentHash);
        if (item.JobId is not { } id)
        {
            _withoutId += isNewContent ? 1 : 0;
            return;
        }

        if (!_jobs.TryGetValue(id, out var known))
        {
            _order.Add(id);
        }

        _jobs[id] = Later(known, item.Job);
    }

    // A copy that has ended comes from later in the job's life, whichever page or replica showed it first.
    private static ImmediateJob? Later(ImmediateJob? known, ImmediateJob? seen) =>
        seen is null || (known is { Status.IsEnded: true } && seen.Status.IsOpen) ? known : seen;
}
