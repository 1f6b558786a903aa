using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
using JobWatcher.Storage;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling;

/// <summary>Polls over a store that fails, which is no outage of the cloud.</summary>
public sealed class StoreFaultTests : IDisposable
{
    private readonly WatchRig _rig = new();

    [Fact]
    public async Task A_fault_of_the_store_is_not_the_clouds()
    {
        await _rig.BaselineAsync(Running());
        _rig.Store.IsDown = true;

        Assert.Equal(PollOutcome.Error, await _rig.PollAgainAsync());
        Assert.Equal(PollOutcome.Error, await _rig.PollAgainAsync());

        Assert.Null(_rig.Store.Target("prod").FailingSince);
        Assert.False(_rig.Health.IsUp);
        Assert.Equal(["TargetBaselined", "StoreUnavailable"], _rig.Log.Names);
    }

    [Fact]
    public async Task Failing_since_has_whole_milliseconds_as_in_the_store_so_that_it_is_known_again()
    {
        await _rig.BaselineAsync();
        _rig.Client.Fails();
        _rig.Time.Advance(TimeSpan.FromTicks(12_345));

        await _rig.PollAgainAsync();

        Assert.Equal(0, _rig.Store.Target("prod").FailingSince?.Ticks % TimeSpan.TicksPerMillisecond);
    }

    [Fact]
    public async Task A_change_that_the_store_could_not_take_is_taken_in_once_it_can()
    {
        await _rig.BaselineAsync(Running());
        _rig.Store.BeforeCommit = _ => throw new StoreException("The disk is full.");
        var ended = Job("a", JobStatus.Completed, BeforeNoon, Noon);
        await _rig.PollNextAsync(ended);
        _rig.Store.BeforeCommit = null;

        await _rig.PollNextAsync(ended);

        Assert.Equal(JobStatus.Completed, Assert.Single(_rig.Store.Log).Transition.To);
        Assert.Equal(["TargetBaselined", "StoreUnavailable", "StoreAvailable"], _rig.Log.Names);
    }

    [Fact]
    public async Task A_store_that_can_only_be_read_is_down_until_it_is_written_and_each_cause_is_told_once()
    {
        await _rig.BaselineAsync(Running());
        _rig.Store.BreaksAt = "Commit";
        await _rig.PollAgainAsync();
        await _rig.PollAgainAsync();
        _rig.Store.Fault = new StoreException("The disk is read-only.");
        await _rig.PollAgainAsync();
        await _rig.PollAgainAsync();
        _rig.Store.BreaksAt = null;

        await _rig.PollAgainAsync();

        Assert.Equal(["TargetBaselined", "StoreUnavailable", "StoreUnavailable", "StoreAvailable"], _rig.Log.Names);
        Assert.True(_rig.Health.IsUp);
    }

    [Fact]
    public async Task A_store_that_could_not_be_written_is_not_up_because_it_is_read()
    {
        await _rig.BaselineAsync(Running());
        _rig.Store.BreaksAt = "Commit";
        await _rig.PollAgainAsync();
        var wasUp = true;
        _rig.Store.BeforeCommit = _ => Task.FromResult(wasUp = _rig.Health.IsUp);

        await _rig.PollAgainAsync();

        Assert.False(wasUp);
    }

    public void Dispose() => _rig.Dispose();
}
