using System.Net;

namespace JobWatcher.Simulator.Tests.Control;

public sealed class ProjectControlTests
{
    private const string Other = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task A_project_of_the_same_name_can_be_added()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var added = await cloud.ControlAsync(
            "POST", "projects", $$"""{"id":"{{Other}}","paging":"RecordOffset"}""");

        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal(
            new ProjectOptions { Id = Other, Paging = PagingMode.RecordOffset },
            cloud.Server.Cloud.Project(Other).Options);
        using var listing = await cloud.GetAsync(project: Other);
        Assert.Equal(HttpStatusCode.OK, listing.StatusCode);
    }

    [Fact]
    public async Task The_only_project_of_a_name_can_be_removed()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var removed = await cloud.ControlAsync("DELETE", $"projects/{ProjectOptions.ExampleId}");
        using var again = await cloud.ControlAsync("DELETE", $"projects/{ProjectOptions.ExampleId}");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (removed.StatusCode, again.StatusCode));
        using var listing = await cloud.GetAsync();
        Assert.Equal(HttpStatusCode.NotFound, listing.StatusCode);
    }

    [Theory]
    [InlineData($$"""{"id":"{{ProjectOptions.ExampleId}}"}""", "already is")]
    [InlineData("""{"id":null}""", "id")]
    [InlineData("""{"colour":"red"}""", "colour")]
    public async Task A_project_that_cannot_be_added_is_told_why(string body, string reason)
    {
        await using var cloud = await TestCloud.StartAsync();

        using var response = await cloud.ControlAsync("POST", "projects", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_goes_back_to_the_projects_and_credentials_of_the_start()
    {
        await using var cloud = await TestCloud.StartAsync();
        var simulated = cloud.Server.Cloud;
        var token = await cloud.TokenAsync();
        simulated.AddProject(new() { Id = Other });
        simulated.RemoveProject(ProjectOptions.ExampleId);
        simulated.Credentials.Change("example-domain", "example-user", account => account with { Password = "new" });
        simulated.Credentials.TokenLifetime = TimeSpan.FromSeconds(5);
        simulated.Metadata.RequiresToken = true;

        using var reset = await cloud.ControlAsync("POST", "reset");

        Assert.Equal([ProjectOptions.ExampleId], simulated.Projects.Select(project => project.Options.Id));
        Assert.Equal(HttpStatusCode.Unauthorized, await cloud.ListAsTokenAsync(token));
        Assert.Equal(HttpStatusCode.OK, await cloud.ListAsTokenAsync(await cloud.TokenAsync()));
        Assert.Equal(TimeSpan.FromHours(24), simulated.Credentials.TokenLifetime);
        Assert.False(simulated.Metadata.RequiresToken);
    }

    [Fact]
    public async Task A_reset_leaves_the_projects_of_the_start_as_the_objects_they_were()
    {
        await using var cloud = await TestCloud.StartAsync();
        var before = cloud.Project;

        cloud.Server.Cloud.Reset();

        Assert.Same(before, cloud.Project);
    }
}
