using CsCheck;
using JobWatcher.Text;

namespace JobWatcher.Tests.Text;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("30d", 2_592_000_000)]
    [InlineData("1d2h3m4s5ms", 93_784_005)]
    public void The_written_form_is_read_and_written_back(string text, long milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));

        Assert.Equal(Duration.Milliseconds(milliseconds), duration);
        Assert.Equal(text, duration.ToString());
    }

    [Theory]
    [InlineData(-90.4, "1m30s")]
    [InlineData(90.6, "1m31s")]
    [InlineData(0.4, "0s")]
    public void A_difference_of_times_is_told_to_the_second_whichever_is_later(double seconds, string told) =>
        Assert.Equal(told, Duration.ToTheSecond(TimeSpan.FromSeconds(seconds)).ToString());

    [Theory]
    [InlineData("90m", "1h30m")]
    [InlineData("1440m", "1d")]
    [InlineData("007s", "7s")]
    public void Other_splits_are_read_and_written_with_the_largest_units(string text, string shortest)
    {
        Assert.True(Duration.TryParse(text, out var duration));

        Assert.Equal(shortest, duration.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("5x")]
    [InlineData("-5s")]
    [InlineData("1.5h")]
    [InlineData("5 m")]
    [InlineData(" 5m")]
    [InlineData("5m\n")]
    [InlineData("5M")]
    [InlineData("30m1h")]
    [InlineData("1m1m")]
    [InlineData("٣s")]
    [InlineData("10675200d")]
    [InlineData("999999999999999d")]
    [InlineData("9999999999999999999999s")]
    public void Anything_else_is_no_duration(string text) => Assert.False(Duration.TryParse(text, out _));

    [Fact]
    public void Whatever_is_written_is_read_as_the_same() =>
        Gen.Long[0, TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMillisecond].Sample(milliseconds =>
        {
            var duration = Duration.Milliseconds(milliseconds);

            return Duration.TryParse(duration.ToString(), out var read) && read == duration;
        });

    [Fact]
    public void Any_text_is_answered() =>
        Gen.String["0123456789dhms. -"].Sample(text =>
        {
            _ = Duration.TryParse(text, out var duration);

            Assert.True(duration.Value >= TimeSpan.Zero);
        });
}
