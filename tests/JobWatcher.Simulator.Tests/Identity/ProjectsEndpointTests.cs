using System.Net;
using JobWatcher.Simulator.Authentication;

namespace JobWatcher.Simulator.Tests.Identity;

public sealed class ProjectsEndpointTests
{
    private const string Other = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Projects_are_found_by_their_region()
    {
        await using var cloud = await StartAsync("eu-west-101");

        var ids = await IdsAsync(cloud, "?name=eu-west-101");

        Assert.Equal([Other], ids);
    }

    [Fact]
    public async Task Several_can_have_the_same_name()
    {
        await using var cloud = await StartAsync("cn-north-4");

        var ids = await IdsAsync(cloud, "?name=cn-north-4");

        Assert.Equal([Other, ProjectOptions.ExampleId], ids);
    }

    [Theory]
    [InlineData("?name=nowhere", 0)]
    [InlineData("?name=cn-north", 0)]
    [InlineData("", 2)]
    public async Task A_name_is_matched_whole_and_its_lack_matches_all(string query, int count)
    {
        await using var cloud = await StartAsync("eu-west-101");

        var ids = await IdsAsync(cloud, query);

        Assert.Equal(count, ids.Count);
    }

    [Fact]
    public async Task A_signed_call_is_answered()
    {
        await using var cloud = await TestCloud.StartAsync();
        var (accessKey, secret) = (SimulatedAccount.Example.AccessKey!, SimulatedAccount.Example.SecretKey!);

        var status = await cloud.GetSignedAsync("/v3/projects?name=cn-north-4", accessKey, secret);
        var forged = await cloud.GetSignedAsync("/v3/projects?name=cn-north-4", accessKey, secret + "x");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (status, forged));
    }

    [Fact]
    public async Task A_call_by_nobody_is_a_401_in_the_notation_of_iam()
    {
        await using var cloud = await TestCloud.StartAsync();
        cloud.Client.DefaultRequestHeaders.Clear();

        using var response = await cloud.Client.GetAsync(new Uri("/v3/projects", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var error = (await response.JsonAsync()).GetProperty("error");
        Assert.Equal("Unauthorized", error.GetProperty("title").GetString());
    }

    private static Task<TestCloud> StartAsync(string region)
        => TestCloud.StartAsync(new() { Projects = [new(), new() { Id = Other, Region = region }] });

    private static async Task<IReadOnlyList<string?>> IdsAsync(TestCloud cloud, string query)
    {
        using var response = await cloud.Client.GetAsync(new Uri("/v3/projects" + query, UriKind.Relative));
        var projects = (await response.JsonAsync()).GetProperty("projects").EnumerateArray();
        return [.. projects.Select(project => project.GetProperty("id").GetString())];
    }
}
