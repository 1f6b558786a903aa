using JobWatcher.Polling.Clocks;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.Tests.Polling.Clocks;

public sealed class CloudClockTests
{
    [Fact]
    public void It_goes_on_between_two_answers()
    {
        var time = new FakeTimeProvider();
        var date = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var clock = new CloudClock(date, time.GetTimestamp());

        time.Advance(TimeSpan.FromSeconds(2.5));

        Assert.Equal(date.AddSeconds(2.5), clock.Now(time));
    }
}
