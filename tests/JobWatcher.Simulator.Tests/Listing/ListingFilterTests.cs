using System.Net;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Tests.Listing;

public sealed class ListingFilterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "d", "c", "b", "a")]
    [InlineData("?status=Running", "c")]
    [InlineData("?status=Failed", "d", "b")]
    [InlineData("?status=Canceled")]
    [InlineData("?job_name=GaussDBforMySQLSwitchSSL", "c", "b")]
    [InlineData("?status=Failed&job_name=GaussDBforMySQLSwitchSSL", "b")]
    [InlineData("?job_id=b", "b")]
    [InlineData("?job_id=unknown")]
    [InlineData("?job_id=b&status=Running")]
    [InlineData("?start_time=2026-11-24T12:01:00%2B0000", "d", "c", "b")]
    [InlineData("?start_time=2026-11-24T13:01:00%2B0100", "d", "c", "b")]
    [InlineData("?end_time=2026-11-24T12:01:00%2B0000", "b", "a")]
    [InlineData("?start_time=2026-11-24T12:01:00%2B0000&end_time=2026-11-24T12:02:00%2B0000", "c", "b")]
    [InlineData("?start_time=2026-11-24T12:02:00%2B0000&end_time=2026-11-24T12:01:00%2B0000")]
    [InlineData("?start_time=2026-11-24T12:01:00%2B0000&status=Failed", "d", "b")]
    [InlineData("?start_time=2026-11-24T12:02:00%2B0000&job_id=b")]
    [InlineData("?status=&limit=&job_name=", "d", "c", "b", "a")]
    public async Task A_listing_shows_what_matches_newest_first(string query, params string[] expected)
    {
        await using var cloud = await StartAsync();

        var listing = await cloud.ListAsync(query);

        Assert.Equal(expected, listing.Ids);
        Assert.Equal(expected.Length, listing.TotalCount);
    }

    [Theory]
    [InlineData("?limit=11")]
    [InlineData("?limit=0")]
    [InlineData("?limit=ten")]
    [InlineData("?offset=-1")]
    [InlineData("?offset=1.5")]
    [InlineData("?status=Broken")]
    [InlineData("?start_time=yesterday")]
    [InlineData("?start_time=2026-11-24T12:01:00")]
    [InlineData("?start_time=2026-11-24T12:01:00Z")]
    [InlineData("?start_time=2026-11-24T12:01:00%2B00:00")]
    [InlineData("?end_time=2026-13-24T12:01:00%2B0000")]
    [InlineData("?end_time=2026-11-24T12:01:00+0000")]
    public async Task A_malformed_parameter_is_a_400(string query)
    {
        await using var cloud = await StartAsync();

        using var response = await cloud.GetAsync(query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("DBS.280001", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_without_a_readable_created_time_is_listed_last_and_is_in_no_window()
    {
        await using var cloud = await StartAsync();
        cloud.Project.Put(new SimulatedJob { JobId = "e", JobName = "Unknown", CreatedTime = "yesterday" });

        var all = await cloud.ListAsync();
        var window = await cloud.ListAsync("?end_time=2026-11-24T23:00:00%2B0000");

        Assert.Equal(["d", "c", "b", "a", "e"], all.Ids);
        Assert.Equal(["d", "c", "b", "a"], window.Ids);
    }

    [Fact]
    public async Task Newer_servers_tell_the_names_to_filter_by()
    {
        await using var cloud = await StartAsync(new() { Projects = [new() { ActionNames = true }] });

        var listing = await cloud.ListAsync("?limit=10");

        Assert.Equal(
            ["GaussDBforMySQLBindEIP", "GaussDBforMySQLSwitchSSL"],
            listing.Json.GetProperty("action_names").EnumerateArray().Select(name => name.GetString()));
    }

    private static async Task<TestCloud> StartAsync(SimulatorOptions? options = null)
    {
        var cloud = await TestCloud.StartAsync(options);
        cloud.Project.PutAll(
        [
            SimulatedJob.Pending("GaussDBforMySQLBindEIP", Noon, "a"),
            SimulatedJob.Pending("GaussDBforMySQLSwitchSSL", Noon.AddMinutes(1), "b").Failed(Noon.AddMinutes(9)),
            SimulatedJob.Pending("GaussDBforMySQLSwitchSSL", Noon.AddMinutes(2), "c").Running(),
            SimulatedJob.Pending("GaussDBforMySQLBindEIP", Noon.AddMinutes(3), "d").Failed(Noon.AddMinutes(9)),
        ]);
        return cloud;
    }
}
