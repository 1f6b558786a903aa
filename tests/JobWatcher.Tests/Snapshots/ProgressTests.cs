using JobWatcher.Snapshots;

namespace JobWatcher.Tests.Snapshots;

public sealed class ProgressTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("30", 30)]
    [InlineData("30%", 30)]
    [InlineData(" 30 % ", 30)]
    [InlineData("99.5", 99.5)]
    [InlineData("100", 100)]
    public void A_text_that_tells_a_percentage_is_read(string process, double percent) =>
        Assert.Equal(percent, Progress.Percent(process));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("half")]
    [InlineData("-1")]
    [InlineData("100.1")]
    [InlineData("1e1")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("30 of 100")]
    public void Any_other_text_tells_none(string? process) => Assert.Null(Progress.Percent(process));
}
