using System.Buffers;
using System.Text;
using JobWatcher.Reporting.Metrics;

namespace JobWatcher.Tests.Reporting.Metrics;

public sealed class ClassicTextTests
{
    [Fact]
    public void A_family_is_one_block_under_its_help_and_type() => Assert.Equal(
        """
        # HELP jobwatcher_polls_total Polls by outcome, since the process started.
        # TYPE jobwatcher_polls_total counter
        jobwatcher_polls_total{target="a",outcome="error"} 3
        jobwatcher_polls_total{target="b",outcome="error"} 0

        """,
        Written(
            MetricFamilies.Polls,
            new Sample(MetricFamilies.Polls, 3, ("target", "a"), ("outcome", "error")),
            new Sample(MetricFamilies.Polls, 0, ("target", "b"), ("outcome", "error"))),
        ignoreLineEndingDifferences: true);

    [Fact]
    public void A_series_without_labels_has_no_braces() =>
        Assert.EndsWith("\njobwatcher_store_up 1\n", Written(MetricFamilies.StoreUp, new Sample(MetricFamilies.StoreUp, 1)), StringComparison.Ordinal);

    [Theory]
    [InlineData("a\"b", """{x="a\"b"}""")]
    [InlineData("a\\", """{x="a\\"}""")]
    [InlineData("a\\nb", """{x="a\\nb"}""")]
    [InlineData("a\nb", """{x="a\nb"}""")]
    [InlineData("ä,=}", """{x="ä,=}"}""")]
    [InlineData("", """{x=""}""")]
    public void A_value_cannot_leave_its_quotes(string value, string expected) =>
        Assert.Equal(expected, ClassicText.Of([("x", value)]));

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-2, "-2")]
    [InlineData(1772323200.125, "1772323200.125")]
    [InlineData(1e300, "1E+300")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    public void A_number_keeps_all_its_digits(double value, string expected) => Assert.EndsWith(
        $" {expected}\n", Written(MetricFamilies.StoreUp, new Sample(MetricFamilies.StoreUp, value)), StringComparison.Ordinal);

    private static string Written(MetricFamily family, params IReadOnlyList<Sample> samples)
    {
        var buffer = new ArrayBufferWriter<byte>();
        ClassicText.Write(buffer, family, samples, sample => sample.Value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
