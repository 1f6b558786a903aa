using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Targets;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling.Targets;

/// <summary>A watch that ends, because its target was removed or is configured in another way.</summary>
public sealed class RetirementTests : IDisposable
{
    private readonly WatchRig _rig = new();

    private Retirement Retirement => _rig.Watch.Retirement;

    [Fact]
    public async Task No_poll_begins_any_more()
    {
        Assert.False(await Retirement.RetireAsync());

        Assert.True(Retirement.HasBegun);
        Assert.Null(Retirement.Begin(WatchRig.Token));
    }

    [Fact]
    public async Task A_poll_that_waits_for_the_cloud_is_cancelled_and_waited_for()
    {
        var begun = _rig.Client.Hangs();
        using var turn = Retirement.Begin(WatchRig.Token)!;
        var poll = _rig.Watch.PollAsync(turn.Token);
        await begun;

        var retired = Retirement.RetireAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
        Assert.False(retired.IsCompleted);
        turn.Dispose();
        Assert.True(await retired);
        Assert.Empty(_rig.Watch.State.Polls);
    }

    [Fact]
    public async Task A_poll_that_was_answered_already_commits_nothing_more()
    {
        using var turn = Retirement.Begin(WatchRig.Token)!;
        Task<bool>? retired = null;
        _rig.Store.BeforeCommit = async _ =>
        {
            retired = Retirement.RetireAsync();
            await Eventually.Holds(() => turn.Token.IsCancellationRequested);
        };
        _rig.Client.Lists(Complete(Running()));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _rig.Watch.PollAsync(turn.Token));

        Assert.Empty(_rig.Store.Commits);
        turn.Dispose();
        Assert.True(await retired!);
    }

    [Fact]
    public async Task Between_polls_there_is_nothing_to_wait_for()
    {
        using (Retirement.Begin(WatchRig.Token))
        {
            await _rig.BaselineAsync();
        }

        Assert.False(await Retirement.RetireAsync());
    }

    [Fact]
    public async Task What_a_removed_targets_last_poll_committed_is_reported()
    {
        await _rig.BaselineAsync(Running());
        await _rig.PollNextAsync(Job("a", JobStatus.Completed, BeforeNoon, Noon));
        await Retirement.RetireAsync();

        await _rig.Reporter.DrainAsync(WatchRig.Token);

        _rig.Log.Single("JobStatusChanged");
    }

    public void Dispose() => _rig.Dispose();
}
