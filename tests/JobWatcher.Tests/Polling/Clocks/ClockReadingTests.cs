using CsCheck;
using JobWatcher.Polling.Clocks;

namespace JobWatcher.Tests.Polling.Clocks;

public sealed class ClockReadingTests
{
    [Fact]
    public void What_a_clock_was_set_by_shows_however_much_time_has_passed() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[-100_000, 100_000]).Sample((passed, set) =>
        {
            var time = new SettableTime(DateTimeOffset.UnixEpoch.AddYears(50));
            var earlier = ClockReading.Of(time);
            time.Advance(TimeSpan.FromSeconds(passed));
            time.Set(TimeSpan.FromSeconds(set));

            return ClockReading.Of(time).SetSince(earlier, time) == TimeSpan.FromSeconds(set);
        });
}
