using Dapper;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Storage;

namespace JobWatcher.Tests.Storage;

/// <summary>Rules C5 and D7 of the protocol: how a target that is watched no more leaves the store.</summary>
public sealed class RetirementTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Later = Make.Noon.AddMilliseconds(1);

    private readonly TempStore _temp = new();

    [Fact]
    public async Task A_target_whose_time_has_come_goes_whole_and_leaves_the_others_alone()
    {
        var store = await _temp.OpenAsync();
        await LeaveAsync(store);
        await LeaveAsync(store, "other");

        Assert.True(await RetireAsync(store));

        using var connection = _temp.Connect();
        foreach (var table in (string[])["jobs", "transitions", "counters", "cursors"])
        {
            Assert.Equal(["other"], connection.Query<string>($"SELECT target FROM {table}"));
        }

        Assert.Equal(["other"], await store.ReadTargetNamesAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_target_keeps_everything_until_its_last_answered_poll_is_old_enough()
    {
        var store = await _temp.OpenAsync();
        var left = await LeaveAsync(store);

        Assert.False(await RetireAsync(store, Make.Noon));

        Assert.Equal(left, await store.ReadTargetAsync());
        Assert.Single(await store.ReadJobsAsync());
        Assert.Single(await store.ReadCountersAsync());
    }

    [Fact]
    public async Task A_target_stays_whole_while_its_log_holds_what_nobody_reported()
    {
        var store = await _temp.OpenAsync();
        var left = await LeaveAsync(store, reported: 0);

        Assert.False(await RetireAsync(store));

        Assert.Equal(left, await store.ReadTargetAsync());
        Assert.Single(await store.ReadLogAsync());
    }

    [Fact]
    public async Task A_target_that_was_never_answered_and_has_no_log_goes_at_once()
    {
        var store = await _temp.OpenAsync();
        await store.ReadTargetAsync();

        Assert.True(await RetireAsync(store));
    }

    [Fact]
    public async Task A_target_that_was_not_answered_since_its_project_changed_stays_as_long_as_its_log()
    {
        var store = await _temp.OpenAsync();
        await LeaveAsync(store);
        await store.ReadTargetAsync(region: "eu-de");

        Assert.False(await RetireAsync(store, Make.Noon));
        Assert.True(await RetireAsync(store));
    }

    [Fact]
    public async Task A_target_whose_polls_all_failed_stays_as_long_as_it_had_failed_for()
    {
        var store = await _temp.OpenAsync();
        await store.CommitAsync(
            new PollCommit { Target = await store.ReadTargetAsync() with { FailingSince = Make.Noon } });

        Assert.False(await RetireAsync(store, Make.Noon));
        Assert.True(await RetireAsync(store));
    }

    [Fact]
    public async Task A_target_that_comes_back_half_way_is_seen_for_the_first_time_but_goes_on_counting()
    {
        var store = await _temp.OpenAsync();
        var left = await LeaveAsync(store);
        await store.BeginRetirementAsync(Make.Target, Later, CancellationToken.None);

        var back = await store.ReadTargetAsync();

        Assert.Null(back.WatchFrom);
        Assert.Empty(await store.ReadJobsAsync());
        Assert.Single(await store.ReadCountersAsync());
        Assert.Same(CommitResult.Refused, await store.CommitAsync(new PollCommit { Target = left }));
        await store.CommitAsync(new PollCommit { Target = back with { LastAnswered = Later } });
        Assert.False(await store.EndRetirementAsync(Make.Target, Later, CancellationToken.None));
    }

    [Fact]
    public async Task A_target_stays_until_nothing_is_left_of_its_log()
    {
        var store = await _temp.OpenAsync();
        await LeaveAsync(store);
        await store.BeginRetirementAsync(Make.Target, Later, CancellationToken.None);

        Assert.False(await store.EndRetirementAsync(Make.Target, Later, CancellationToken.None));

        Assert.Single(await store.ReadLogAsync());
    }

    [Fact]
    public async Task A_target_that_nobody_knows_is_gone_already()
    {
        var store = await _temp.OpenAsync();

        Assert.False(await RetireAsync(store));
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    /// <summary>A target that was last answered at noon.</summary>
    private static async Task<TargetRecord> LeaveAsync(IWatchStore store, string name = Make.Target, long reported = 1)
    {
        var step = Make.Step("job-1", JobStatus.Pending, JobStatus.Running);
        var result = await store.CommitAsync(new PollCommit
        {
            Target = await store.ReadTargetAsync(name) with { WatchFrom = Make.Noon, LastAnswered = Make.Noon },
            Jobs = [Make.Snapshot()],
            Transitions = [step],
            Increments = StoreModel.Count([step]),
        });
        await store.ReportAsync(reported, name);
        return result.Target!;
    }

    private static async Task<bool> RetireAsync(IWatchStore store, DateTimeOffset? answeredBefore = null)
    {
        var before = answeredBefore ?? Later;
        await store.BeginRetirementAsync(Make.Target, before, TestContext.Current.CancellationToken);
        await store.PruneWholeLogAsync(Make.Target, before);
        return await store.EndRetirementAsync(Make.Target, before, TestContext.Current.CancellationToken);
    }
}
