using JobWatcher.Polling;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.Tests.Polling;

public sealed class CloudClockTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DateTimeOffset _date = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_goes_on_between_two_answers()
    {
        var clock = CloudClock.Read(before: null, _date, _time);

        _time.Advance(TimeSpan.FromSeconds(2.5));

        Assert.Equal(_date.AddSeconds(2.5), clock.Now(_time));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    [InlineData(60)]
    public void A_date_that_comes_late_does_not_set_it_back(double late)
    {
        var before = CloudClock.Read(before: null, _date, _time);
        _time.Advance(TimeSpan.FromSeconds(70));

        var clock = CloudClock.Read(before, _date.AddSeconds(70 - late), _time);

        Assert.Equal(_date.AddSeconds(70), clock.Now(_time));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3600)]
    [InlineData(-60.5)]
    [InlineData(-3600)]
    public void A_date_that_is_ahead_or_far_behind_sets_it(double ahead)
    {
        var before = CloudClock.Read(before: null, _date, _time);
        _time.Advance(TimeSpan.FromSeconds(70));

        var clock = CloudClock.Read(before, _date.AddSeconds(70 + ahead), _time);

        Assert.Equal(_date.AddSeconds(70 + ahead), clock.Now(_time));
    }
}
