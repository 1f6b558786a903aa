using JobWatcher.Commands.Checks;
using JobWatcher.Tests.Snapshots;

namespace JobWatcher.Tests.Commands.Checks;

public sealed class TargetCheckTests
{
    [Theory]
    [InlineData(0, null)]
    [InlineData(59, null)]
    [InlineData(-59, null)]
    [InlineData(60, "1m ahead of")]
    [InlineData(-60, "1m behind")]
    [InlineData(-90.4, "1m30s behind")]
    [InlineData(5400, "1h30m ahead of")]
    public void A_clock_that_is_a_minute_off_or_more_is_told(double aheadSeconds, string? told) =>
        Assert.Equal(told, TargetCheck.SkewOf(Sight.Noon, Sight.Noon.AddSeconds(aheadSeconds)));

    [Fact]
    public void Without_the_clouds_time_nothing_is_told() => Assert.Null(TargetCheck.SkewOf(cloudTime: null, Sight.Noon));
}
