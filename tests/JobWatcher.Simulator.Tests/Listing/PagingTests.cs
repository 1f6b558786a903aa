using System.Globalization;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Tests.Listing;

public sealed class PagingTests
{
    [Theory]
    [InlineData("?limit=20", 45, 26)]
    [InlineData("?limit=20&offset=0", 45, 26)]
    [InlineData("?limit=20&offset=1", 45, 26)]
    [InlineData("?limit=20&offset=2", 25, 6)]
    [InlineData("?limit=20&offset=3", 5, 1)]
    [InlineData("?offset=2", 35, 26)]
    [InlineData("?limit=50", 45, 1)]
    public Task A_page_number_server_counts_pages(string query, int newest, int oldest)
        => Shows(new() { Paging = PagingMode.PageNumber }, query, newest, oldest);

    [Theory]
    [InlineData("?limit=20", 45, 26)]
    [InlineData("?limit=20&offset=0", 45, 26)]
    [InlineData("?limit=20&offset=1", 44, 25)]
    [InlineData("?limit=20&offset=40", 5, 1)]
    [InlineData("?limit=50&offset=44", 1, 1)]
    public Task A_record_offset_server_counts_jobs(string query, int newest, int oldest)
        => Shows(new() { Paging = PagingMode.RecordOffset }, query, newest, oldest);

    [Theory]
    [InlineData("?limit=20", 44, 25)]
    [InlineData("?limit=20&offset=0", 45, 26)]
    [InlineData("?limit=20&offset=1", 44, 25)]
    public Task A_record_offset_server_may_hide_its_first_job_behind_the_default(string query, int newest, int oldest)
        => Shows(new() { Paging = PagingMode.RecordOffset, HideFirstRecord = true }, query, newest, oldest);

    [Theory]
    [InlineData(PagingMode.PageNumber, "?limit=20&offset=4")]
    [InlineData(PagingMode.PageNumber, "?limit=50&offset=2147483647")]
    [InlineData(PagingMode.RecordOffset, "?limit=20&offset=45")]
    [InlineData(PagingMode.RecordOffset, "?limit=50&offset=2147483647")]
    public async Task Beyond_the_end_there_are_no_jobs_but_still_their_number(PagingMode paging, string query)
    {
        await using var cloud = await StartAsync(new() { Paging = paging });

        var listing = await cloud.ListAsync(query);

        Assert.Empty(listing.Ids);
        Assert.Equal(45, listing.TotalCount);
    }

    private static async Task Shows(ProjectOptions project, string query, int newest, int oldest)
    {
        await using var cloud = await StartAsync(project);

        var listing = await cloud.ListAsync(query);

        Assert.Equal(Enumerable.Range(oldest, newest - oldest + 1).Reverse().Select(Id), listing.Ids);
        Assert.Equal(45, listing.TotalCount);
    }

    private static async Task<TestCloud> StartAsync(ProjectOptions project)
    {
        var cloud = await TestCloud.StartAsync(new() { Projects = [project] });
        cloud.Project.PutAll(Enumerable.Range(1, 45).Select(number =>
            SimulatedJob.Pending("GaussDBforMySQLSwitchSSL", TestCloud.Start.AddSeconds(number), Id(number))));
        return cloud;
    }

    private static string Id(int number) => number.ToString(CultureInfo.InvariantCulture);
}
