using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Tests.Storage;

/// <summary>Rule C5 of the protocol: what goes from the logs, and what stays.</summary>
public sealed class RetentionTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Old = Make.Noon.AddDays(-1);

    private readonly TempStore _temp = new();

    [Fact]
    public async Task Old_steps_go_and_young_ones_stay()
    {
        var store = await _temp.OpenAsync();
        await CommitAsync(store, Step("a", Old), Step("b", Make.Noon.AddMilliseconds(-1)), Step("c", Make.Noon));
        await store.ReportAsync(3);

        await store.PruneWholeLogAsync(Make.Target, Make.Noon);

        Assert.Equal(["c"], await ReadLoggedAsync(store));
    }

    [Fact]
    public async Task Old_steps_that_a_reporter_has_not_passed_stay()
    {
        var store = await _temp.OpenAsync(TempStore.Reporter, "slow");
        await CommitAsync(store, Step("a", Old), Step("b", Old), Step("c", Old));
        await store.ReportAsync(3);
        await store.MoveCursorAsync("slow", Make.Target, 1, TestContext.Current.CancellationToken);

        await store.PruneWholeLogAsync(Make.Target, Make.Noon);

        Assert.Equal(["b", "c"], await ReadLoggedAsync(store));
    }

    [Fact]
    public async Task A_known_job_keeps_its_steps_so_that_a_step_made_again_gets_an_identity_of_its_own()
    {
        var store = await _temp.OpenAsync();
        var step = Step("a", Old);
        await store.CommitAsync(new PollCommit
        {
            Target = await store.ReadTargetAsync(),
            Jobs = [Make.Snapshot("a", goneSince: Old)],
            Transitions = [step, Step("b", Old)],
        });
        await store.ReportAsync(2);

        await store.PruneWholeLogAsync(Make.Target, Make.Noon);
        var again = await CommitAsync(store, step);

        Assert.Equal(["a", "a"], await ReadLoggedAsync(store));
        Assert.Equal(TransitionId.Of(Make.Region, Make.Project, step, 2), again.Transitions.Single().Id);
        Assert.Equal(3, again.Transitions.Single().Sequence);
    }

    [Fact]
    public async Task A_job_of_that_id_in_another_target_keeps_nothing()
    {
        var store = await _temp.OpenAsync();
        await CommitAsync(store, Step("a", Old));
        await store.ReportAsync(1);
        await store.CommitAsync(new PollCommit
        {
            Target = await store.ReadTargetAsync("other"),
            Jobs = [Make.Snapshot("a")],
            Transitions = [Step("a", Old)],
        });
        await store.ReportAsync(1, "other");

        await store.PruneWholeLogAsync(Make.Target, Make.Noon);

        Assert.Empty(await ReadLoggedAsync(store));
        Assert.Equal(["a"], await ReadLoggedAsync(store, "other"));
    }

    [Fact]
    public async Task A_log_is_gone_through_in_stretches_whatever_order_a_jumping_clock_gave_its_times()
    {
        var store = await _temp.OpenAsync();
        await CommitAsync(store, Step("a", Make.Noon), Step("b", Old), Step("c", Make.Noon), Step("d", Old));
        await store.ReportAsync(4);

        var ends = new List<long?> { await PruneAsync(0) };
        Assert.Equal(["a", "c", "d"], await ReadLoggedAsync(store));
        ends.Add(await PruneAsync(2));
        ends.Add(await PruneAsync(4));

        Assert.Equal([2, 4, null], ends);
        Assert.Equal(["a", "c"], await ReadLoggedAsync(store));

        Task<long?> PruneAsync(long after) =>
            store.PruneLogAsync(Make.Target, Make.Noon, after, length: 2, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Counters_do_not_fall_with_the_log()
    {
        var store = await _temp.OpenAsync();
        var step = Step("a", Old);
        await CommitAsync(store, step);
        await store.ReportAsync(1);

        await store.PruneWholeLogAsync(Make.Target, Make.Noon);

        Assert.Equal(1, Assert.Single(await store.ReadCountersAsync()).Value.Count);
    }

    [Fact]
    public async Task Rows_of_gone_jobs_go_a_few_at_a_time()
    {
        var store = await _temp.OpenAsync();
        await store.CommitAsync(new PollCommit
        {
            Target = await store.ReadTargetAsync(),
            Jobs = [Make.Snapshot("a", Old), Make.Snapshot("b", Old), Make.Snapshot("c", Old)],
        });

        var forgotten = new List<int>();
        for (var pass = 0; pass < 3; pass++)
        {
            forgotten.Add(await store.ForgetJobsAsync(
                Make.Target, Make.Noon, limit: 2, TestContext.Current.CancellationToken));
        }

        Assert.Equal([2, 1, 0], forgotten);
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    private static Transition Step(string id, DateTimeOffset observed) =>
        Make.Step(id, JobStatus.Pending, JobStatus.Running) with { ObservedTime = observed };

    private static async Task<CommitResult> CommitAsync(IWatchStore store, params Transition[] steps) =>
        await store.CommitAsync(new PollCommit
        {
            Target = await store.ReadTargetAsync(),
            Transitions = steps,
            Increments = StoreModel.Count(steps),
        });

    private static async Task<IEnumerable<string>> ReadLoggedAsync(IWatchStore store, string target = Make.Target) =>
        (await store.ReadLogAsync(target)).Select(entry => entry.Transition.Job.JobId);
}
