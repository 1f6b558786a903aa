using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
using JobWatcher.Storage;
using JobWatcher.Tests.Snapshots;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling;

/// <summary>Rules C1 and C2 of the protocol.</summary>
public sealed class FenceTests : IDisposable
{
    private static readonly ImmediateJob Ended = Job("a", JobStatus.Completed, BeforeNoon, Noon);

    private readonly WatchRig _rig = new();

    [Fact]
    public async Task The_version_is_read_before_the_first_request_and_the_commit_comes_last()
    {
        await _rig.BaselineAsync(Running());

        Assert.Equal(
            ["ReadTarget", "ReadJobs", "ReadCounters", "List", "ReadGoneJobs", "Commit"], _rig.Journal.Take(6));
    }

    [Fact]
    public async Task A_quiet_poll_reads_one_row_and_writes_one()
    {
        await _rig.BaselineAsync(Running());
        _rig.Journal.Clear();

        await _rig.PollNextAsync(Running());

        Assert.Equal(["ReadTarget", "List", "Commit"], _rig.Journal);
    }

    [Fact]
    public async Task Look_ups_come_between_the_listing_and_the_commit()
    {
        await _rig.BaselineAsync(Running());
        await _rig.PollNextAsync();
        _rig.Journal.Clear();
        _rig.Client.LookUps["a"] = new LookUp(LookUpVerdict.Gone);

        await _rig.PollNextAsync();

        Assert.Equal(["ReadTarget", "List", "Find a", "Commit"], _rig.Journal);
        Assert.Equal("a: Running -> None", Assert.Single(_rig.Store.Log).Transition.Tell());
    }

    [Fact]
    public async Task A_refused_commit_drops_the_listing_whole()
    {
        await _rig.BaselineAsync(Running());
        OvertakeOnce(Ended);

        var outcome = await _rig.PollNextAsync(Ended);

        Assert.Equal(PollOutcome.Error, outcome);
        Assert.Equal(JobStatus.Running, _rig.Watch.State.Snapshot.Jobs["a"].Job.Status);
        Assert.Empty(_rig.Watch.State.Counters);
        Assert.Single(_rig.Store.Log);
        Assert.Contains("CommitRefused", _rig.Log.Names);
    }

    [Fact]
    public async Task The_poll_after_a_refused_commit_reads_the_store_anew_and_reports_nothing_twice()
    {
        await _rig.BaselineAsync(Running());
        OvertakeOnce(Ended);
        await _rig.PollNextAsync(Ended);
        _rig.Journal.Clear();

        var outcome = await _rig.PollNextAsync(Ended);

        Assert.Equal(PollOutcome.Success, outcome);
        Assert.Equal(["ReadTarget", "ReadJobs", "ReadCounters", "List", "Commit"], _rig.Journal);
        Assert.Single(_rig.Store.Log);
        Assert.Equal(1, Assert.Single(_rig.Watch.State.Counters).Value.Count);
    }

    [Fact]
    public async Task An_outage_that_another_writer_overtook_is_not_told()
    {
        await _rig.BaselineAsync(Running());
        OvertakeOnce(Running());
        _rig.Client.Fails();

        await _rig.PollAgainAsync();

        Assert.DoesNotContain("PollFailed", _rig.Log.Names);
        Assert.Null(_rig.Store.Target("prod").FailingSince);
    }

    [Fact]
    public async Task A_commit_whose_end_the_store_hid_is_found_by_the_next_poll()
    {
        await _rig.BaselineAsync(Running());
        _rig.Store.BeforeCommit = async commit =>
        {
            _rig.Store.BeforeCommit = null;
            await _rig.Store.CommitAsync(commit, WatchRig.Token);
            throw new StoreException("The disk went away during the commit.");
        };
        await _rig.PollNextAsync(Ended);

        await _rig.PollNextAsync(Ended);

        Assert.Single(_rig.Store.Log);
        Assert.Equal(JobStatus.Completed, _rig.Watch.State.Snapshot.Jobs["a"].Job.Status);
    }

    [Fact]
    public async Task Steps_of_a_commit_whose_end_the_store_hid_are_reported_by_this_process()
    {
        await _rig.BaselineAsync(Running());
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(WatchRig.Token);
        var reporting = _rig.Reporter.RunAsync(stopping.Token);
        await Eventually.Holds(() => _rig.Journal.Contains("ReadCursors"));
        _rig.Store.BeforeCommit = async commit =>
        {
            _rig.Store.BeforeCommit = null;
            await _rig.Store.CommitAsync(commit, WatchRig.Token);
            throw new StoreException("The disk went away during the commit.");
        };
        await _rig.PollNextAsync(Ended);

        await _rig.PollNextAsync(Ended);

        await Eventually.Holds(() => _rig.Log.Names.Contains("JobStatusChanged"));
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reporting);
    }

    [Fact]
    public async Task A_restart_forgets_nothing_and_counts_nothing_again()
    {
        await _rig.BaselineAsync(Running());
        await _rig.PollNextAsync(Ended);
        _rig.Restart();

        await _rig.PollNextAsync(Ended, Job("b", JobStatus.Pending, Noon.AddSeconds(40)));

        Assert.Equal(
            ["a: Running -> Completed", "b: None -> Pending"], _rig.Store.Log.Select(step => step.Transition.Tell()));
        Assert.All(_rig.Watch.State.Counters, counter => Assert.Equal(1, counter.Value.Count));
    }

    [Fact]
    public async Task Counters_are_remembered_as_they_were_at_take_over()
    {
        await _rig.BaselineAsync(Running());
        await _rig.PollNextAsync(Ended);
        _rig.Restart();
        await _rig.Watch.TakeOverAsync(WatchRig.Token);

        await _rig.PollNextAsync(Ended with { Status = JobStatus.Failed });

        Assert.Equal(1, Assert.Single(_rig.Watch.State.CountersAtTakeOver).Value.Count);
        Assert.Equal(2, _rig.Watch.State.Counters.Count);
    }

    [Fact]
    public async Task Another_writers_counters_do_not_change_what_there_was_at_take_over()
    {
        await _rig.BaselineAsync(Running());
        OvertakeOnce(Ended);
        await _rig.PollNextAsync(Ended);

        await _rig.PollNextAsync(Ended);

        Assert.Single(_rig.Watch.State.Counters);
        Assert.Empty(_rig.Watch.State.CountersAtTakeOver);
    }

    public void Dispose() => _rig.Dispose();

    /// <summary>Another process polls and commits between this poll's first request and its commit.</summary>
    private void OvertakeOnce(params IReadOnlyList<ImmediateJob> jobs)
    {
        var client = new ScriptedClient();
        client.Lists(Complete(jobs) with { CloudTime = Noon.AddMinutes(1) });
        var another = _rig.Another(client);
        _rig.Store.BeforeCommit = async _ =>
        {
            _rig.Store.BeforeCommit = null;
            Assert.Equal(PollOutcome.Success, await another.PollAsync(WatchRig.Token));
        };
    }
}
