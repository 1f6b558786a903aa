using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
using Serilog.Events;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling;

/// <summary>A bug of the watcher costs the polls that it strikes, and nothing else.</summary>
public sealed class PollFaultTests : IDisposable
{
    private readonly WatchRig _rig = new();
    private readonly InvalidOperationException _bug = new("Nobody thought of this.");

    [Fact]
    public async Task A_poll_that_meets_a_bug_is_an_error_that_is_counted_and_told_once()
    {
        await _rig.BaselineAsync(Running());
        _rig.Client.Answer = _ => throw _bug;

        var first = await _rig.PollAgainAsync();
        var second = await _rig.PollAgainAsync();

        Assert.Equal((PollOutcome.Error, PollOutcome.Error), (first, second));
        Assert.Equal(2, _rig.Watch.State.Polls[PollOutcome.Error]);
        var told = _rig.Log.Single("PollFaulted");
        Assert.Equal(LogEventLevel.Error, told.Level);
        Assert.Equal("prod", told.Properties["Target"].ToString("l", formatProvider: null));
        Assert.Same(_bug, told.Exception);
    }

    [Fact]
    public async Task What_such_a_poll_committed_before_is_reported()
    {
        await _rig.BaselineAsync(Running());
        _rig.Store.Fault = _bug;
        _rig.Store.BreaksAt = "ForgetJobs";
        await _rig.PollNextAsync(Job("a", JobStatus.Completed, BeforeNoon, Noon));
        _rig.Store.BreaksAt = null;

        await _rig.Reporter.DrainAsync(WatchRig.Token);

        _rig.Log.Single("JobStatusChanged");
    }

    [Fact]
    public async Task The_next_bug_after_a_poll_without_one_is_told_again()
    {
        await _rig.BaselineAsync(Running());
        _rig.Client.Answer = _ => throw _bug;
        await _rig.PollAgainAsync();
        await _rig.PollNextAsync(Running());
        _rig.Client.Answer = _ => throw _bug;

        await _rig.PollAgainAsync();

        Assert.Equal(2, _rig.Log.Names.Count(name => name == "PollFaulted"));
    }

    [Fact]
    public async Task It_is_no_outage_of_the_cloud_though_the_state_becomes_unknown_when_it_stays()
    {
        await _rig.BaselineAsync(Running());
        _rig.Client.Answer = _ => throw _bug;
        await _rig.PollAgainAsync();
        var atFirst = _rig.Watch.IsUnknown;
        _rig.Time.Advance(_rig.Target.UnknownAfter);

        await _rig.PollAsync();

        Assert.False(atFirst);
        Assert.True(_rig.Watch.IsUnknown);
        Assert.Null(_rig.Store.Target("prod").FailingSince);
    }

    public void Dispose() => _rig.Dispose();
}
