using CsCheck;
using JobWatcher.Polling.Scheduling;

namespace JobWatcher.Tests.Polling.Scheduling;

public sealed class StartOffsetTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    // sha256sum of the name; its first four bytes over 2^32: a new version must not bunch the polls of a fleet.
    [Fact]
    public void A_targets_offset_never_changes() =>
        Assert.Equal(12.109078621, StartOffset.Of("prod", Interval).TotalSeconds, tolerance: 1e-6);

    [Fact]
    public void An_offset_is_within_the_interval() => Gen.Select(Gen.String, Gen.Int[1, 100_000]).Sample((name, seconds) =>
    {
        var interval = TimeSpan.FromSeconds(seconds);

        var offset = StartOffset.Of(name, interval);

        return offset >= TimeSpan.Zero && offset < interval;
    });

    [Fact]
    public void Many_targets_spread_over_the_interval()
    {
        var perSecond = Enumerable.Range(0, 3000)
            .Select(number => (int)StartOffset.Of($"target-{number}", Interval).TotalSeconds)
            .CountBy(second => second)
            .ToList();

        Assert.Equal(30, perSecond.Count);
        Assert.All(perSecond, second => Assert.InRange(second.Value, 50, 150));
    }
}
