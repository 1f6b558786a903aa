using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
using JobWatcher.Polling.Clients;
using JobWatcher.Polling.Targets;
using JobWatcher.Tests.Snapshots;

namespace JobWatcher.Tests.Polling;

public sealed class WatchdogTests : IDisposable
{
    private readonly WatchRig _rig = new();
    private readonly TargetWatches _watches = new();
    private readonly Watchdog _watchdog;

    public WatchdogTests()
    {
        _watches.Replace([_rig.Watch]);
        _watchdog = new Watchdog(_watches);
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

    [Fact]
    public async Task A_poll_that_hangs_past_its_end_is_overdue_like_one_that_is_never_made()
    {
        var release = new TaskCompletionSource<Listing>();
        _rig.Client.Answer = _ => release.Task;

        var poll = _rig.PollAsync();
        _rig.Time.Advance(Grace + TimeSpan.FromMilliseconds(1));

        Assert.Equal(["prod"], _watchdog.Overdue());
        release.SetResult(Sight.Complete());
        await poll;
    }

    [Fact]
    public async Task Waiting_for_our_own_budget_is_no_sign_of_death()
    {
        var turns = _rig.Watch.Share.Limits.FullListings;
        var held = await turns.TakeAsync(new PollClock(_rig.Time), WatchRig.Token);
        _rig.Client.Answer = async cancellationToken =>
        {
            using var turn = await turns.TakeAsync(_rig.Clock, cancellationToken);
            return Sight.Complete();
        };

        var poll = _rig.PollAsync();
        _rig.Time.Advance(10 * Grace);

        Assert.Empty(_watchdog.Overdue());
        held.Dispose();
        await poll;
    }

    [Fact]
    public async Task What_was_waited_before_a_target_moved_to_another_project_gives_it_no_more_time()
    {
        var turns = _rig.Watch.Share.Limits.FullListings;
        var held = await turns.TakeAsync(new PollClock(_rig.Time), WatchRig.Token);
        var waiting = turns.TakeAsync(_rig.Clock, WatchRig.Token);
        _rig.Time.Advance(TimeSpan.FromHours(1));
        held.Dispose();
        (await waiting).Dispose();
        var target = _rig.Target with { ProjectId = "719d3e78f61b4be68bc5aa0b59edcf7b" };
        var after = _rig.WatchOver(TargetClient.Of(target.ProjectId, _rig.Client), target, _rig.Clock);
        after.GoOnFrom(_rig.Watch);
        _watches.Replace([after]);

        _rig.Time.Advance(Grace);
        var before = _watchdog.Overdue();
        _rig.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Empty(before);
        Assert.Equal(["prod"], _watchdog.Overdue());
    }

    [Fact]
    public void Stretched_intervals_give_more_time()
    {
        _rig.Time.Advance(Grace + TimeSpan.FromMilliseconds(1));
        var before = _watchdog.Overdue();

        _rig.Watch.Share.TryChangeFactor(1, 2);

        Assert.Equal(["prod"], before);
        Assert.Empty(_watchdog.Overdue());
    }

    [Fact]
    public void A_target_that_is_added_later_has_its_time_from_then_on()
    {
        _rig.Time.Advance(TimeSpan.FromDays(1));
        _rig.Restart();

        _watches.Replace([_rig.Watch]);

        Assert.Empty(_watchdog.Overdue());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_clock_that_is_set_is_no_sign_of_death_and_hides_none(int hours)
    {
        _rig.Time.Set(TimeSpan.FromHours(hours));
        var before = _watchdog.Overdue();

        _rig.Time.Advance(Grace + TimeSpan.FromMilliseconds(1));

        Assert.Empty(before);
        Assert.Equal(["prod"], _watchdog.Overdue());
    }

    public void Dispose() => _rig.Dispose();
}
