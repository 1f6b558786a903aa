using System.Globalization;
using CsCheck;
using JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

namespace JobWatcher.HuaweiCloud.Tests.ImmediateJobs.Parsing;

public sealed class JobTimeTests
{
    [Theory]
    [InlineData("2018-08-06T10:41:14+0000", "2018-08-06T10:41:14.0000000")]
    [InlineData("2018-08-06T10:41:14Z", "2018-08-06T10:41:14.0000000")]
    [InlineData("2018-08-06T10:41:14", "2018-08-06T10:41:14.0000000")]
    [InlineData("2018-08-06T10:41:14+01:00", "2018-08-06T09:41:14.0000000")]
    [InlineData("2018-08-06T10:41:14-0530", "2018-08-06T16:11:14.0000000")]
    [InlineData("2018-08-06T10:41:14.5+0000", "2018-08-06T10:41:14.5000000")]
    [InlineData("2018-08-06T10:41:14.123456789Z", "2018-08-06T10:41:14.1234567")]
    public void All_known_forms_are_read(string text, string utc) =>
        Assert.Equal(utc, JobTime.Parse(text)?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2018-08-06")]
    [InlineData("2018-13-06T10:41:14Z")]
    [InlineData("2018-08-06T10:41:60Z")]
    [InlineData("2018-08-06T10:41:14.Z")]
    [InlineData("2018-08-06T10:41:14+99:00")]
    [InlineData("2018-08-06T10:41:14+0160")]
    [InlineData("2018-08-06T10:41:14+ 100")]
    [InlineData("2018-08-06T10:41:14Z and more")]
    [InlineData("0001-01-01T00:00:00+0100")]
    [InlineData("9999-12-31T23:59:59-0100")]
    [InlineData("1533552074000")]
    public void Anything_else_is_no_time(string text) => Assert.Null(JobTime.Parse(text));

    [Fact]
    public void A_time_that_is_written_reads_as_the_same_second() =>
        Gen.DateTimeOffset.Sample(time => JobTime.Parse(JobTime.Format(time))?.Ticks == time.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, iter: Iterations.Of(1_000));

    [Fact]
    public void Any_text_is_read_or_is_no_time() =>
        Gen.Char["0123456789-T:+Z., "].Array[0, 30].Sample(text => JobTime.Parse(text) is null or { Offset.Ticks: 0 }, iter: Iterations.Of(1_000));
}
