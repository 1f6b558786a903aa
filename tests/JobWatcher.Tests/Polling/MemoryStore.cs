using System.Collections.Concurrent;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Tests.Polling;

/// <summary>
/// A store in memory that keeps the rules of the real one: the fence, the log, the counters, the cursors, the alerts. The same
/// tests hold it to them. It neither prunes nor retires.
/// </summary>
internal sealed partial class MemoryStore(ConcurrentQueue<string>? journal = null) : IWatchStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TargetRecord> _targets = [];
    private readonly Dictionary<(string Target, string JobId), JobSnapshot> _jobs = [];
    private readonly Dictionary<(string Target, CounterKey Key), CounterValue> _counters = [];
    private readonly Dictionary<(string Reporter, string Target), long> _cursors = [];
    private readonly Dictionary<TransitionId, long> _occurrences = [];
    private readonly Dictionary<string, List<CommittedTransition>> _logs = [];

    /// <summary>While set, every call fails.</summary>
    public bool IsDown { get; set; }

    /// <summary>What failing calls throw.</summary>
    public Exception Fault { get; set; } = new StoreException("The disk is full.");

    /// <summary>While set, calls whose name begins so fail.</summary>
    public string? BreaksAt { get; set; }

    /// <summary>While set, readings of a target's row never end.</summary>
    public bool HangsOnReading { get; set; }

    /// <summary>Called before each commit takes the lock.</summary>
    public Func<PollCommit, Task>? BeforeCommit { get; set; }

    /// <summary>Called after each commit.</summary>
    public Action? AfterCommit { get; set; }

    /// <summary>Called after each commit of alerts alone.</summary>
    public Action? AfterAlerts { get; set; }

    /// <summary>What was committed.</summary>
    public List<PollCommit> Commits { get; } = [];

    /// <summary>The transitions of all targets.</summary>
    public IReadOnlyList<CommittedTransition> Log
    {
        get
        {
            lock (_lock)
            {
                return [.. _logs.Values.SelectMany(log => log)];
            }
        }
    }

    /// <summary>The row of a target.</summary>
    public TargetRecord Target(string name) => Do("Peek", () => _targets[name]).Result;

    /// <summary>A reporter's cursor.</summary>
    public long Cursor(string reporter, string target) =>
        Do("Peek", () => _cursors.GetValueOrDefault((reporter, target))).Result;

    public Task OpenAsync(CancellationToken cancellationToken) => Do("Open", () => 0);

    public async Task<TargetRecord> ReadTargetAsync(
        string name, string projectId, string region, CancellationToken cancellationToken)
    {
        if (HangsOnReading)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        return await Do("ReadTarget", () => FindTarget(name, projectId, region));
    }

    public Task<IReadOnlyList<JobSnapshot>> ReadJobsAsync(string target, CancellationToken cancellationToken) =>
        Do<IReadOnlyList<JobSnapshot>>("ReadJobs", () =>
        [
            .. _jobs.Where(row => row.Key.Target == target && row.Value.GoneSince is null).Select(row => row.Value),
        ]);

    public Task<IReadOnlyDictionary<string, JobSnapshot>> ReadGoneJobsAsync(
        string target, IReadOnlyCollection<string> jobIds, CancellationToken cancellationToken) =>
        Do<IReadOnlyDictionary<string, JobSnapshot>>("ReadGoneJobs", () => jobIds
            .Distinct(StringComparer.Ordinal)
            .Select(id => _jobs.GetValueOrDefault((target, id)))
            .OfType<JobSnapshot>()
            .Where(row => row.GoneSince is not null)
            .ToDictionary(row => row.Job.JobId));

    public Task<IReadOnlyDictionary<CounterKey, CounterValue>> ReadCountersAsync(
        string target, CancellationToken cancellationToken) =>
        Do<IReadOnlyDictionary<CounterKey, CounterValue>>("ReadCounters", () => _counters
            .Where(row => row.Key.Target == target)
            .ToDictionary(row => row.Key.Key, row => row.Value));

    public async Task<CommitResult> CommitAsync(PollCommit commit, CancellationToken cancellationToken)
    {
        await (BeforeCommit?.Invoke(commit) ?? Task.CompletedTask);
        cancellationToken.ThrowIfCancellationRequested();
        var result = await Do("Commit", () => Write(commit));
        AfterCommit?.Invoke();
        return result;
    }

    public Task<IReadOnlyList<CommittedTransition>> ReadTransitionsAsync(
        string target, long afterSequence, int limit, CancellationToken cancellationToken) =>
        Do<IReadOnlyList<CommittedTransition>>("ReadTransitions", () =>
            [.. LogOf(target).Skip((int)afterSequence).Take(limit)]);

    public Task<IReadOnlyList<ReportCursor>> ReadCursorsAsync(string reporter, CancellationToken cancellationToken) =>
        Do<IReadOnlyList<ReportCursor>>("ReadCursors", () =>
        [
            .. _targets.Keys.Order(StringComparer.Ordinal).Select(target => new ReportCursor(
                target, _cursors.GetValueOrDefault((reporter, target)), LogOf(target).Count)),
        ]);

    public Task MoveCursorAsync(string reporter, string target, long sequence, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Do($"MoveCursor {target} {sequence}", () =>
            !_targets.ContainsKey(target) ? 0 : _cursors[(reporter, target)] =
                Math.Max(sequence, _cursors.GetValueOrDefault((reporter, target))));

    public Task<IReadOnlyList<string>> ReadTargetNamesAsync(CancellationToken cancellationToken) =>
        Do<IReadOnlyList<string>>("ReadTargetNames", () => [.. _targets.Keys.Order(StringComparer.Ordinal)]);

    public Task<int> ForgetJobsAsync(
        string target, DateTimeOffset goneBefore, int limit, CancellationToken cancellationToken) =>
        Do($"ForgetJobs {target} {goneBefore:O}", () =>
        {
            var gone = _jobs
                .Where(row => row.Key.Target == target && row.Value.GoneSince < goneBefore).Take(limit).ToList();
            gone.ForEach(row => _jobs.Remove(row.Key));
            return gone.Count;
        });

    /// <summary>Says that the log has as many stretches as it has steps, and deletes nothing.</summary>
    public Task<long?> PruneLogAsync(
        string target, DateTimeOffset observedBefore, long afterSequence, int length, CancellationToken cancellationToken) =>
        Do<long?>($"PruneLog {target} {observedBefore:O} {afterSequence}", () =>
            afterSequence < LogOf(target).Count ? afterSequence + 1 : null);

    public Task BeginRetirementAsync(
        string target, DateTimeOffset answeredBefore, CancellationToken cancellationToken) =>
        Do($"BeginRetirement {target} {answeredBefore:O}", () => 0);

    public Task<bool> EndRetirementAsync(
        string target, DateTimeOffset answeredBefore, CancellationToken cancellationToken) =>
        Do($"EndRetirement {target} {answeredBefore:O}", () => _targets.Remove(target));

    public Task CheckAsync(CancellationToken cancellationToken) => Do("Check", () => 0);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private TargetRecord FindTarget(string name, string projectId, string region)
    {
        var target = _targets.GetValueOrDefault(name) ??
            new TargetRecord { Name = name, ProjectId = projectId, Region = region };
        if (target.ProjectId != projectId || target.Region != region)
        {
            target = target.PointedAt(projectId, region);
            foreach (var key in _jobs.Keys.Where(key => key.Target == name).ToList())
            {
                _jobs.Remove(key);
            }
        }

        return _targets[name] = target;
    }

    private List<CommittedTransition> LogOf(string target) =>
        _logs.TryGetValue(target, out var log) ? log : _logs[target] = [];

    private CommitResult Write(PollCommit commit)
    {
        var target = commit.Target;
        if (_targets.GetValueOrDefault(target.Name)?.Version != target.Version)
        {
            return CommitResult.Refused;
        }

        // First, for it may fail, and then nothing is written.
        var alerts = DecideAlerts(target.Name, commit.Alerts);
        Commits.Add(commit);
        foreach (var job in commit.Jobs)
        {
            _jobs[(target.Name, job.Job.JobId)] = job;
        }

        foreach (var (key, added) in commit.Increments)
        {
            _counters[(target.Name, key)] = _counters.GetValueOrDefault((target.Name, key)) + added;
        }

        var steps = commit.Transitions.Select(step => Append(commit, step)).ToList();
        return new CommitResult(_targets[target.Name] = target with { Version = target.Version + 1 }, steps, alerts);
    }

    private CommittedTransition Append(PollCommit commit, Transition step)
    {
        var target = commit.Target;
        var log = LogOf(target.Name);
        var first = TransitionId.Of(target.Region + target.Name, target.ProjectId, step, occurrence: 1);
        var occurrence = _occurrences[first] = 1 + _occurrences.GetValueOrDefault(first);
        var committed = new CommittedTransition
        {
            Id = TransitionId.Of(target.Region, target.ProjectId, step, occurrence),
            Target = target.Name,
            ProjectId = target.ProjectId,
            Region = target.Region,
            Sequence = log.Count + 1,
            Labels = commit.Labels,
            Transition = step,
        };
        log.Add(committed);
        return committed;
    }

    private Task<T> Do<T>(string call, Func<T> action)
    {
        if (call != "Peek")
        {
            journal?.Enqueue(call);
            if (IsDown || (BreaksAt is { } name && call.StartsWith(name, StringComparison.Ordinal)))
            {
                return Task.FromException<T>(Fault);
            }
        }

        lock (_lock)
        {
            return Task.FromResult(action());
        }
    }
}
