using System.Text.Json;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Jobs;
using JobWatcher.Simulator.Requests;

namespace JobWatcher.Simulator.Tests.Control;

public sealed class ListingControlTests
{
    private const string OtherProject = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Each_answer_is_told_with_what_it_showed()
    {
        await using var cloud = await StartWithJobAsync();

        await cloud.ListAsync("?limit=20");
        cloud.Project.Update("a", job => job.Running());
        await cloud.ListAsync("?job_id=a");
        await cloud.ListAsync("?job_id=b");

        var listings = (await ToldAsync(cloud)).GetProperty("listings").EnumerateArray().ToList();
        Assert.Equal(["?limit=20", "?job_id=a", "?job_id=b"], listings.Select(listing => listing.GetProperty("query").GetString()));
        Assert.Equal(["a Pending", "a Running", ""], listings.Select(Shown));
        Assert.All(listings, listing => Assert.Equal(200, listing.GetProperty("status").GetInt32()));
        Assert.All(listings, listing => Assert.True(listing.GetProperty("is_sent").GetBoolean()));
        Assert.All(listings, listing => Assert.Equal(TestCloud.Start, listing.GetProperty("time").GetDateTimeOffset()));
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_is_told_as_such()
    {
        await using var cloud = await StartWithJobAsync();
        cloud.Server.Cloud.Faults.Put(new Fault { TruncateAfterBytes = 20 });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => cloud.GetAsync());

        var listing = Assert.Single((await ToldAsync(cloud)).GetProperty("listings").EnumerateArray());
        Assert.False(listing.GetProperty("is_sent").GetBoolean());
        Assert.Equal("a Pending", Shown(listing));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(200)]
    public async Task An_answer_that_is_no_page_of_the_list_shows_nothing_not_even_an_empty_one(int status)
    {
        await using var cloud = await StartWithJobAsync();
        cloud.Server.Cloud.Faults.Put(Fault.Html(status));

        using var answer = await cloud.GetAsync();

        var listing = Assert.Single((await ToldAsync(cloud)).GetProperty("listings").EnumerateArray());
        Assert.Equal(status, listing.GetProperty("status").GetInt32());
        Assert.Equal(JsonValueKind.Null, listing.GetProperty("jobs").ValueKind);
    }

    [Fact]
    public async Task Other_projects_are_left_out()
    {
        await using var cloud = await StartWithJobAsync();
        cloud.Server.Cloud.AddProject(new ProjectOptions { Id = OtherProject });

        await cloud.ListAsync();

        Assert.Empty((await ToldAsync(cloud, OtherProject)).GetProperty("listings").EnumerateArray());
    }

    [Fact]
    public async Task A_log_that_dropped_requests_is_not_whole()
    {
        await using var cloud = await StartWithJobAsync();
        await cloud.ListAsync();
        var before = await ToldAsync(cloud);

        for (var request = 0; request < RequestLog.Capacity; request++)
        {
            cloud.Server.Cloud.Requests.Add(new(TestCloud.Start, "GET", "/", "", null, null, null));
        }

        Assert.True(before.GetProperty("is_whole").GetBoolean());
        Assert.False((await ToldAsync(cloud)).GetProperty("is_whole").GetBoolean());
    }

    private static async Task<TestCloud> StartWithJobAsync()
    {
        var cloud = await TestCloud.StartAsync();
        cloud.Project.Put(SimulatedJob.Pending("RebootGaussDBforMySQLInstance", TestCloud.Start, "a"));
        return cloud;
    }

    private static async Task<JsonElement> ToldAsync(TestCloud cloud, string project = ProjectOptions.ExampleId)
    {
        using var response = await cloud.ControlAsync("GET", $"projects/{project}/listings");
        return JsonElement.Parse(await response.Content.ReadAsStringAsync());
    }

    private static string Shown(JsonElement listing) => string.Join(',', listing.GetProperty("jobs").EnumerateArray()
        .Select(job => $"{job.GetProperty("job_id").GetString()} {job.GetProperty("status").GetString()}"));
}
