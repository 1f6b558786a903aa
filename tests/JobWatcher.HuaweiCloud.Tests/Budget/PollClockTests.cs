using JobWatcher.HuaweiCloud.Budget;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.HuaweiCloud.Tests.Budget;

public sealed class PollClockTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly PollClock _clock;

    public PollClockTests() => _clock = new PollClock(_time);

    [Fact]
    public void A_limit_fires_when_its_time_is_up()
    {
        using var limit = _clock.Start(5 * Minute, CancellationToken.None);

        _time.Advance((5 * Minute) - TimeSpan.FromTicks(1));
        var before = limit.Token.IsCancellationRequested;
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.False(before);
        Assert.True(limit.Token.IsCancellationRequested);
    }

    [Fact]
    public void Pauses_do_not_count_also_where_they_overlap()
    {
        using var limit = _clock.Start(5 * Minute, CancellationToken.None);
        _time.Advance(4 * Minute);
        var first = _clock.Pause();
        _time.Advance(30 * Minute);
        var second = _clock.Pause();
        first.Dispose();
        first.Dispose();
        _time.Advance(30 * Minute);
        second.Dispose();

        var afterPause = limit.Token.IsCancellationRequested;
        _time.Advance(Minute);

        Assert.False(afterPause);
        Assert.True(limit.Token.IsCancellationRequested);
        Assert.Equal(60 * Minute, _clock.Waited);
    }

    [Fact]
    public void A_limit_that_starts_in_a_pause_waits_for_its_end()
    {
        var pause = _clock.Pause();
        using var limit = _clock.Start(Minute, CancellationToken.None);
        _time.Advance(5 * Minute);
        var whilePaused = (_clock.Waited, limit.Token.IsCancellationRequested);
        pause.Dispose();

        _time.Advance(Minute);

        Assert.Equal((5 * Minute, false), whilePaused);
        Assert.True(limit.Token.IsCancellationRequested);
    }

    [Fact]
    public void While_the_cloud_holds_requests_back_the_wait_is_none_of_our_own()
    {
        using var address = new IpBudget(_time);
        using var budget = new RequestBudget(new RequestRate(200, 5 * Minute), address, _time);
        using var limit = _clock.Start(Minute, CancellationToken.None);
        var pause = _clock.Pause(budget);
        _time.Advance(Minute);
        budget.Learn(new CloudException(CloudFault.Throttled, "Too many.") { HttpStatus = 429, RetryAfter = 2 * Minute });
        _time.Advance(Minute);
        var inPause = (_clock.Waited, _clock.WaitedForOurselves);
        _time.Advance(3 * Minute);
        pause.Dispose();
        budget.Learn(new CloudException(CloudFault.Throttled, "Too many.") { HttpStatus = 429, RetryAfter = Minute });

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal((2 * Minute, Minute), inPause);
        Assert.Equal((5 * Minute, 3 * Minute), (_clock.Waited, _clock.WaitedForOurselves));
        Assert.False(limit.Token.IsCancellationRequested);
    }

    [Fact]
    public void An_address_that_is_held_back_together_with_the_entry_makes_no_wait_negative()
    {
        using var address = new IpBudget(_time);
        using var budget = new RequestBudget(new RequestRate(200, 5 * Minute), address, _time);
        var told = new RequestRate(1, 4 * Minute);
        using var pause = _clock.Pause(budget);
        address.Refused(told, retryAfter: null);
        budget.Learn(new CloudException(CloudFault.Throttled, "Too many.") { HttpStatus = 429, RetryAfter = 4 * Minute });

        _time.Advance(2 * Minute);

        Assert.Equal((2 * Minute, TimeSpan.Zero), (_clock.Waited, _clock.WaitedForOurselves));
    }

    [Fact]
    public void What_was_waited_for_ourselves_stays_so_while_entry_and_address_are_held_back_together()
    {
        using var address = new IpBudget(_time);
        using var budget = new RequestBudget(new RequestRate(200, 5 * Minute), address, _time);
        using var pause = _clock.Pause(budget);
        _time.Advance(10 * Minute);
        address.Refused(new RequestRate(1, 4 * Minute), retryAfter: null);
        budget.Learn(new CloudException(CloudFault.Throttled, "Too many.") { HttpStatus = 429, RetryAfter = 4 * Minute });

        _time.Advance(4 * Minute);

        Assert.Equal((14 * Minute, 10 * Minute), (_clock.Waited, _clock.WaitedForOurselves));
    }

    [Fact]
    public void Who_is_told_to_stop_stops_also_in_a_pause()
    {
        using var stopping = new CancellationTokenSource();
        using var limit = _clock.Start(Minute, stopping.Token);
        using var pause = _clock.Pause();

        stopping.Cancel();

        Assert.True(limit.Token.IsCancellationRequested);
    }
}
