using System.Globalization;
using JobWatcher.HuaweiCloud.Http;
using JobWatcher.HuaweiCloud.Http.Clocks;
using JobWatcher.HuaweiCloud.Http.Resilience;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.Tests.Wire;

namespace JobWatcher.HuaweiCloud.Tests.Http;

/// <summary>A <c>Date</c> that no clock shows is taken by none of its readers.</summary>
public sealed class ServerDateTests
{
    private const string EndOfTime = "Date: Fri, 31 Dec 9999 23:59:59 GMT";

    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT", false)]
    [InlineData("Wed, 31 Dec 1969 23:59:59 GMT", false)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", true)]
    [InlineData("Tue, 24 Nov 2026 12:00:00 GMT", true)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", false)]
    public void A_date_counts_where_a_clock_may_show_it(string date, bool counts)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Date", date);

        Assert.Equal(
            counts ? DateTimeOffset.Parse(date, CultureInfo.InvariantCulture) : null, ServerDate.Of(response.Headers));
    }

    [Fact]
    public async Task A_fault_tells_no_time_then()
    {
        await using var refusing = new WireServer(WireAnswer.Json("{}", 403, EndOfTime));
        await using var babbling = new WireServer(WireAnswer.Json("no JSON", 200, EndOfTime));

        Assert.Null((await FaultOfAsync(refusing)).CloudTime);
        Assert.Null((await FaultOfAsync(babbling)).CloudTime);
    }

    [Fact]
    public async Task A_clock_learns_nothing_then()
    {
        await using var server = new WireServer(WireAnswer.Json("{}", 403, EndOfTime));
        var clock = new EndpointClock(TimeProvider.System);

        await FaultOfAsync(server, clock);

        Assert.Null(clock.SkewOf(Noon));
    }

    [Fact]
    public void A_time_to_wait_until_is_told_by_this_machines_clock_then()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Date", "Fri, 31 Dec 9999 23:59:59 GMT");
        response.Headers.TryAddWithoutValidation("Retry-After", "Tue, 24 Nov 2026 12:00:30 GMT");

        Assert.Equal(TimeSpan.FromSeconds(30), RetryAfter.Of(response.Headers, Noon));
    }

    private static async Task<CloudException> FaultOfAsync(WireServer server, EndpointClock? clock = null)
    {
        using var wire = new WireClient(server.Endpoint, with: options => options with { EndpointClock = clock });
        return await Assert.ThrowsAsync<CloudException>(
            () => wire.Client.ListAsync(ListingQuery.All, TestContext.Current.CancellationToken));
    }
}
