using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Tests.Reporting;
using Serilog.Events;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling;

public sealed class ListingEventTests : IDisposable
{
    private readonly WatchRig _rig = new();

    [Fact]
    public async Task The_first_listing_is_told_once_with_its_counts()
    {
        await _rig.BaselineAsync(
            Running("a"), Running("b"), Job("c", JobStatus.Failed, BeforeNoon), Job("d", JobStatus.Completed, BeforeNoon));
        await _rig.PollNextAsync(Running("a"));
        _rig.Restart();
        await _rig.PollNextAsync(Running("a"));

        var baseline = _rig.Log.Single("TargetBaselined");
        Assert.Equal(LogEventLevel.Information, baseline.Level);
        Assert.Equal(
            ["prod", 4, 2, 1],
            new[] { "Target", "Jobs", "OpenJobs", "FailedJobs" }.Select(name => baseline.Field(name)));
        Assert.Empty(_rig.Store.Log);
    }

    [Fact]
    public async Task An_incomplete_listing_is_told_once_a_spell()
    {
        _rig.Client.Lists(Incomplete(Running()));
        await _rig.PollAsync();
        await _rig.PollAgainAsync();
        await _rig.PollNextAsync(Running());
        _rig.Client.Lists(Incomplete(Running()));
        await _rig.PollAgainAsync();

        Assert.Equal(2, _rig.Log.Names.Count(name => name == "ListingIncomplete"));
    }

    [Fact]
    public async Task An_incomplete_listing_tells_how_much_is_missing()
    {
        _rig.Client.Lists(Incomplete(Running()) with { TotalCount = 70 });

        await _rig.PollAsync();

        var incomplete = _rig.Log.Single("ListingIncomplete");
        Assert.Equal(LogEventLevel.Warning, incomplete.Level);
        Assert.Equal(
            ["prod", 1, 70], new[] { "Target", "Listed", "TotalCount" }.Select(name => incomplete.Field(name)));
    }

    [Fact]
    public async Task Jobs_that_cannot_be_read_are_told_once_a_spell()
    {
        _rig.Client.Lists(Complete(Running()) with { Listed = 3, Malformed = 2 });
        await _rig.PollAsync();
        await _rig.PollAgainAsync();

        var unreadable = _rig.Log.Single("JobsUnreadable");
        Assert.Equal([2, 3], new[] { "Malformed", "Listed" }.Select(name => unreadable.Field(name)));
    }

    [Fact]
    public async Task Watch_from_is_the_clouds_time_not_the_watchers()
    {
        await _rig.BaselineAsync();

        Assert.Equal(Noon, _rig.Store.Target("prod").WatchFrom);
    }

    [Fact]
    public async Task Without_a_date_the_clouds_last_one_is_carried_on()
    {
        await _rig.BaselineAsync(Job("a", JobStatus.Pending, BeforeNoon));
        _rig.Time.Advance(_rig.Target.Interval);
        _rig.Client.Lists(Complete(Running()) with { CloudTime = null });

        await _rig.PollAsync();

        Assert.Equal(Noon + _rig.Target.Interval, _rig.Watch.State.Snapshot.Jobs["a"].StatusSince);
    }

    public void Dispose() => _rig.Dispose();
}
