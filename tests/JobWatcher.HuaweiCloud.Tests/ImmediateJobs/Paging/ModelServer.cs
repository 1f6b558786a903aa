using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.ImmediateJobs.Paging;
using JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

namespace JobWatcher.HuaweiCloud.Tests.ImmediateJobs.Paging;

/// <summary>A paging server in memory, honest but of any kind, whose list may change between two requests.</summary>
internal sealed class ModelServer(ServerKind kind)
{
    private readonly List<ModelJob> _jobs = [];
    private readonly HashSet<string> _everSeen = [];
    private HashSet<string>? _throughout;
    private int _created;

    public DateTimeOffset Now { get; private set; } = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);

    public int Requests { get; private set; }

    public IReadOnlyList<string> Ids => [.. _jobs.Select(job => job.Id)];

    /// <summary>The jobs that were there at each request since the last <see cref="Watch"/>.</summary>
    public HashSet<string> Throughout => _throughout!;

    public HashSet<string> EverSeen => _everSeen;

    public static ModelServer With(int jobs, ServerKind? kind = null)
    {
        var server = new ModelServer(kind ?? new ServerKind());
        for (var number = 0; number < jobs; number++)
        {
            server.Insert(number, age: TimeSpan.FromMinutes(10 + number));
        }

        return server;
    }

    public void Watch() => (_throughout, Requests) = (null, 0);

    public void Insert(int at, TimeSpan age)
    {
        var job = new ModelJob($"job-{_created++}", Now - age);
        _everSeen.Add(job.Id);
        _jobs.Insert(at % (_jobs.Count + 1), job);
    }

    public void Remove(int at) => OnAny(at, index => _jobs.RemoveAt(index));

    public void Change(int at) => OnAny(at, index => _jobs[index] = _jobs[index].Changed(Now));

    public void Move(int from, int to) => OnAny(from, index =>
    {
        var job = _jobs[index];
        _jobs.RemoveAt(index);
        _jobs.Insert(to % (_jobs.Count + 1), job);
    });

    /// <summary>The page asked for; null for a refusal.</summary>
    public ListingPage? Answer(PageRequest request, int limit)
    {
        Requests++;
        Now += TimeSpan.FromMilliseconds(700);
        Remember();
        if ((request.EndTime is not null && kind.EndTime is EndTimeMeaning.Refused) || (request.Offset == 0 && kind.RefusesZero))
        {
            return null;
        }

        var selected = _jobs.Where(job => IsSelected(job, request.EndTime)).ToList();
        var size = Math.Min(limit, kind.PageCap);
        var skip = kind.Meaning is OffsetMeaning.PageNumber
            ? (Math.Max(request.Offset ?? 1, 1) - 1) * size
            : request.Offset ?? (kind.HidesFirst ? 1 : 0);
        var items = selected.Skip(skip).Take(size).Select(job => job.ToItem()).ToList();
        return new ListingPage(items, selected.Count, Now.AddTicks(-(Now.Ticks % TimeSpan.TicksPerSecond)));
    }

    private void Remember()
    {
        if (_throughout is null)
        {
            _throughout = [.. Ids];
        }
        else
        {
            _throughout.IntersectWith(_jobs.Select(job => job.Id));
        }
    }

    private bool IsSelected(ModelJob job, DateTimeOffset? endTime) => kind.EndTime switch
    {
        _ when endTime is null => true,
        EndTimeMeaning.CreatedUpTo => job.Created <= endTime,
        EndTimeMeaning.EndedUpTo => job.Ended <= endTime,
        _ => true,
    };

    private void OnAny(int at, Action<int> change)
    {
        if (_jobs.Count > 0)
        {
            change(at % _jobs.Count);
        }
    }

    private sealed record ModelJob(string Id, DateTimeOffset Created, int Version = 0, DateTimeOffset? Ended = null)
    {
        public ModelJob Changed(DateTimeOffset now) => this with { Version = Version + 1, Ended = Ended ?? now };

        public ListedItem ToItem() => new(
            Id,
            new ImmediateJob
            {
                JobId = Id,
                JobName = "name",
                Status = Ended is null ? JobStatus.Running : JobStatus.Completed,
                CreatedTime = Created,
                EndedTime = Ended,
            },
            (UInt128)(uint)Id.GetHashCode(StringComparison.Ordinal) << 32 | (uint)Version);
    }
}
