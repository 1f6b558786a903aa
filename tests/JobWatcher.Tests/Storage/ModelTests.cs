using CsCheck;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;
using JobWatcher.Tests.Polling;

namespace JobWatcher.Tests.Storage;

/// <summary>Both stores, the real one and that of most rules' tests, held to one model.</summary>
public sealed class ModelTests : IAsyncDisposable
{
    private static readonly string[] Regions = ["eu-west-101", "eu-de"];

    private static readonly Gen<JobStatus> Statuses = Gen.OneOf(
        JobStatus.Pending, JobStatus.Running, JobStatus.Completed, JobStatus.Failed, new JobStatus("Frozen"));

    private static readonly Gen<ImmediateJob> Jobs = Gen.Select(
        Gen.Int[1, 5],
        Gen.OneOf("Create", "Restart", "é'\0"),
        Statuses,
        Gen.String.Null(),
        Gen.Int[0, 100_000].Nullable(),
        Gen.Int[0, 100_000].Nullable(),
        (id, name, status, reason, created, ended) => new ImmediateJob
        {
            JobId = $"job-{id}",
            JobName = name,
            Status = status,
            FailReason = Valid(reason),
            CreatedTime = Time(created),
            EndedTime = Time(ended),
        });

    private static readonly Gen<JobSnapshot> Snapshots = Gen.Select(
        Jobs,
        Gen.Int[0, 3],
        Gen.Int[0, 100_000].Nullable(),
        Gen.Int[0, 100_000].Nullable(),
        Gen.Bool,
        (job, missed, since, gone, vanished) => new JobSnapshot
        {
            Job = job,
            Missed = missed,
            StatusSince = Time(since),
            GoneSince = Time(gone),
            Vanished = vanished,
        });

    private static readonly Gen<Transition> Steps = Gen.Select(
        Jobs,
        Statuses,
        Gen.Frequency((5, Statuses), (1, Gen.Const(Transition.NotListed))),
        Gen.Int[0, 100_000],
        (job, from, to, observed) => new Transition { Job = job, From = from, To = to, ObservedTime = Time(observed)!.Value });

    // A store in memory does not claim to prune.
    private static Gen<Operation> Operations(bool withPruning) => Gen.Frequency(
        (6, Gen.Select(
            Snapshots.Array[0, 4],
            Steps.Array[0, 4],
            Gen.Int[0, 100_000].Nullable(),
            (jobs, steps, answered) => (Operation)new Poll(jobs, steps, Time(answered)))),
        (1, Gen.Const((Operation)new StalePoll())),
        (1, Gen.Const((Operation)new CancelledPoll())),
        (1, Gen.Int[0, 1].Select(region => (Operation)new Move(Regions[region]))),
        (1, Gen.Int[0, 20].Select(sequence => (Operation)new Report(sequence))),
        (1, Gen.Int[0, 100_000].Select(before => (Operation)new Forget(Time(before)!.Value))),
        (withPruning ? 1 : 0, Gen.Int[0, 100_000].Select(before => (Operation)new Prune(Time(before)!.Value))));

    private readonly TempStore _temp = new();

    /// <summary>An implementation of <see cref="IWatchStore"/>.</summary>
    public enum Store
    {
        Sqlite,
        Memory,
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Memory)]
    public async Task Any_sequence_of_writes_leaves_what_a_simple_model_of_them_holds(Store kind)
    {
        var store = await OpenAsync(kind);
        var targets = 0;

        await Operations(withPruning: kind == Store.Sqlite).Array[0, 12].SampleAsync(
            async operations =>
            {
                var name = $"target-{Interlocked.Increment(ref targets)}";
                var model = new StoreModel(await store.ReadTargetAsync(name));
                foreach (var operation in operations)
                {
                    await ApplyAsync(store, model, operation);
                }

                await AssertEqualAsync(store, model);
            },
            iter: 200);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Memory)]
    public async Task A_target_that_is_not_there_yet_has_no_cursor_that_could_move(Store kind)
    {
        var store = await OpenAsync(kind);

        await store.ReportAsync(sequence: 7);
        await store.ReadTargetAsync();

        Assert.Equal(
            [new ReportCursor(Make.Target, 0, 0)],
            await store.ReadCursorsAsync(TempStore.Reporter, TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    private async Task<IWatchStore> OpenAsync(Store kind) =>
        kind == Store.Sqlite ? await _temp.OpenAsync() : new MemoryStore();

    private static async Task ApplyAsync(IWatchStore store, StoreModel model, Operation operation)
    {
        var name = model.Target.Name;
        switch (operation)
        {
            case Poll poll:
                var commit = new PollCommit
                {
                    Target = model.Target with { LastAnswered = poll.Answered },
                    Jobs = poll.Jobs,
                    Transitions = poll.Steps,
                    Increments = StoreModel.Count(poll.Steps),
                };
                model.Apply(commit);
                var result = await store.CommitAsync(commit);
                Assert.Equal(model.Target, result.Target);
                Assert.Equal(
                    model.Log.TakeLast(poll.Steps.Length),
                    result.Transitions.Select(step => (step.Sequence, step.Id, step.Region, step.Transition)));
                break;
            case StalePoll:
                var stale = model.Target with { Version = model.Target.Version - 1, LastAnswered = Make.Noon };
                Assert.Same(
                    CommitResult.Refused,
                    await store.CommitAsync(new PollCommit { Target = stale, Jobs = [Make.Snapshot("stale")] }));
                break;
            case CancelledPoll:
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.CommitAsync(
                    new PollCommit { Target = model.Target, Jobs = [Make.Snapshot("cancelled")] }, new CancellationToken(canceled: true)));
                break;
            case Move move:
                model.Apply(move.Region);
                Assert.Equal(model.Target, await store.ReadTargetAsync(name, region: move.Region));
                break;
            case Report report:
                model.Reported = Math.Max(model.Reported, report.Sequence);
                await store.MoveCursorAsync(TempStore.Reporter, name, report.Sequence, CancellationToken.None);
                break;
            case Forget forget:
                Assert.Equal(
                    model.Forget(forget.Before),
                    await store.ForgetJobsAsync(name, forget.Before, int.MaxValue, CancellationToken.None));
                break;
            case Prune prune:
                model.Prune(prune.Before);
                await store.PruneWholeLogAsync(name, prune.Before, stretch: 3);
                break;
        }
    }

    private static async Task AssertEqualAsync(IWatchStore store, StoreModel model)
    {
        var name = model.Target.Name;
        Assert.Equal(model.Target, await store.ReadTargetAsync(name, region: model.Target.Region));

        var jobs = (await store.ReadJobsAsync(name)).ToList();
        jobs.AddRange((await store.ReadGoneJobsAsync(
            name, [.. Enumerable.Range(1, 5).Select(id => $"job-{id}"), "job-1"], CancellationToken.None)).Values);
        Assert.Equal(model.Jobs.Values, jobs.OrderBy(job => job.Job.JobId, StringComparer.Ordinal));

        var log = await store.ReadLogAsync(name);
        Assert.Equal(model.Log, log.Select(entry => (entry.Sequence, entry.Id, entry.Region, entry.Transition)));
        Assert.Distinct(log.Select(entry => entry.Id));
        Assert.Equal(
            model.Log.Where(entry => entry.Sequence > 2).Take(3).Select(entry => entry.Sequence),
            (await store.ReadLogAsync(name, after: 2, limit: 3)).Select(entry => entry.Sequence));

        Assert.Equal(model.Counters, await store.ReadCountersAsync(name));

        var cursors = await store.ReadCursorsAsync(TempStore.Reporter, CancellationToken.None);
        Assert.Contains(new ReportCursor(name, model.Reported, model.Committed), cursors);
    }

    private static DateTimeOffset? Time(int? seconds) => seconds is { } value ? Make.Noon.AddSeconds(value) : null;

    // A lone surrogate is no text: JSON cannot carry it to the watcher.
    private static string? Valid(string? text) =>
        text is null ? null : new string([.. text.Where(character => !char.IsSurrogate(character))]);

    private abstract record Operation;

    private sealed record Poll(JobSnapshot[] Jobs, Transition[] Steps, DateTimeOffset? Answered) : Operation;

    private sealed record StalePoll : Operation;

    private sealed record CancelledPoll : Operation;

    private sealed record Move(string Region) : Operation;

    private sealed record Report(long Sequence) : Operation;

    private sealed record Forget(DateTimeOffset Before) : Operation;

    private sealed record Prune(DateTimeOffset Before) : Operation;
}
