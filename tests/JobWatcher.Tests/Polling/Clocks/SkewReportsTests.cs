using System.Globalization;
using JobWatcher.HuaweiCloud.Http.Clocks;
using JobWatcher.Polling.Clocks;
using JobWatcher.Tests.Reporting;
using Serilog.Events;

namespace JobWatcher.Tests.Polling.Clocks;

public sealed class SkewReportsTests
{
    private readonly CapturedLog _log = new();

    [Theory]
    [InlineData(3600.4, "1h", "ahead of", "3600")]
    [InlineData(-90_000, "1d1h", "behind", "-90000")]
    public void A_skew_is_a_warning_that_names_endpoint_length_and_direction(
        double seconds, string skew, string direction, string whole)
    {
        new SkewReports(_log.LoggerOf<SkewReports>())
            .Tell(new ClockSkew("https://api.example.com", TimeSpan.FromSeconds(seconds)));

        var told = _log.Single("ClockSkewed");
        Assert.Equal(LogEventLevel.Warning, told.Level);
        Assert.Equal(
            ["https://api.example.com", skew, direction, whole],
            new[] { "Endpoint", "Skew", "Direction", "SkewSeconds" }
                .Select(key => Convert.ToString(((ScalarValue)told.Properties[key]).Value, CultureInfo.InvariantCulture)));
    }
}
