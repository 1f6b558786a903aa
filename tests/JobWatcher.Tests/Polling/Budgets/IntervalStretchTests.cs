using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Polling.Budgets;
using JobWatcher.Polling.Scheduling;
using JobWatcher.Polling.Targets;

namespace JobWatcher.Tests.Polling.Budgets;

/// <summary>Rule L6 of the protocol: intervals stretch where the targets need more than 80 % of the budget.</summary>
public sealed class IntervalStretchTests : IDisposable
{
    private readonly WatchRig _rig = new();
    private readonly EntryShares _shares;
    private readonly TargetWatch _watch;
    private readonly IntervalStretch _stretch;

    public IntervalStretchTests()
    {
        // A poll every 30 s of one request each needs 10 of the 5 that this budget has.
        _shares = new EntryShares(new EntryBudget(new RequestRate(5, TimeSpan.FromMinutes(5)), MaxConcurrency: 1), _rig.Time);
        _watch = _rig.Sharing(_shares.For("small"));
        var watches = new TargetWatches();
        watches.Replace([_watch]);
        _stretch = new IntervalStretch(watches, new PollSchedule(null!, _rig.Time), _rig.Log.LoggerOf<IntervalStretch>());
    }

    [Fact]
    public async Task Intervals_and_unknown_after_stretch_by_one_factor_and_that_is_told_once()
    {
        await _stretch.AdaptAsync(_watch.Share, WatchRig.Token);
        await _stretch.AdaptAsync(_watch.Share, WatchRig.Token);

        Assert.Equal(2.5, _watch.Share.Factor);
        Assert.Equal(2.5 * _rig.Target.Interval, _watch.Interval);
        Assert.Equal(2.5 * _rig.Target.UnknownAfter, _watch.UnknownAfter);
        _rig.Log.Single("IntervalsStretched");
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 1.05, false)]
    [InlineData(1, 1.2, true)]
    [InlineData(2, 2.1, false)]
    [InlineData(2, 1.7, true)]
    [InlineData(1.05, 1, true)]
    public void Small_changes_move_no_triggers(double before, double after, bool isWorthIt) =>
        Assert.Equal(isWorthIt, IntervalStretch.IsWorthChanging(before, after));

    public void Dispose()
    {
        _shares.Dispose();
        _rig.Dispose();
    }
}
