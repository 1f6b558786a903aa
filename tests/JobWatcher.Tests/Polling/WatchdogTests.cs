using JobWatcher.Polling;

namespace JobWatcher.Tests.Polling;

public sealed class WatchdogTests : IDisposable
{
    private readonly WatchRig _rig = new();
    private readonly Watchdog _watchdog;

    public WatchdogTests()
    {
        var watches = new TargetWatches();
        watches.Replace([_rig.Watch]);
        _watchdog = new Watchdog(watches);
    }

    private TimeSpan Grace => _rig.Target.PollTimeout + (2 * _rig.Target.Interval);

    [Fact]
    public void A_target_has_a_polls_time_and_two_intervals()
    {
        _rig.Time.Advance(Grace);
        var before = _watchdog.Overdue();
        _rig.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Empty(before);
        Assert.Equal(["prod"], _watchdog.Overdue());
    }

    [Fact]
    public async Task Polls_that_fail_are_attempts_too()
    {
        _rig.Client.Fails();
        _rig.Time.Advance(Grace);

        await _rig.PollAgainAsync();

        Assert.Empty(_watchdog.Overdue());
    }

    [Fact]
    public async Task Polls_that_the_store_fails_are_attempts_too()
    {
        _rig.Store.IsDown = true;
        _rig.Time.Advance(Grace);

        await _rig.PollAgainAsync();

        Assert.Empty(_watchdog.Overdue());
    }

    public void Dispose() => _rig.Dispose();
}
