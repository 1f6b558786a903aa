using JobWatcher.Reporting.Metrics;

namespace JobWatcher.Tests.Reporting.Metrics;

public sealed class SampleTests
{
    [Fact]
    public void The_same_labels_are_the_same_series() => Assert.Equal(Series(("a", "1"), ("b", "2")), Series(("a", "1"), ("b", "2")));

    [Theory]
    [InlineData("1", "3")]
    [InlineData("", "12")]
    [InlineData("12", "")]
    [InlineData("1\",b=\"2", "2")]
    public void Other_values_are_another_series(string a, string b) =>
        Assert.NotEqual(Series(("a", "1"), ("b", "2")), Series(("a", a), ("b", b)));

    private static string Series(params (string, string)[] labels) => new Sample(MetricFamilies.Jobs, 1, labels).Series;
}
