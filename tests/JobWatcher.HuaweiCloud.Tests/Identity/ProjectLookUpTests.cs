using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Identity;
using JobWatcher.HuaweiCloud.Tests.Wire;

namespace JobWatcher.HuaweiCloud.Tests.Identity;

public sealed class ProjectLookUpTests
{
    private const string Id = "619d3e78f61b4be68bc5aa0b59edcf7b";
    private const string OtherId = "0bc5aa0b59edcf7b619d3e78f61b4be6";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_project_named_like_the_region_is_found_by_a_signed_request()
    {
        var (id, requests) = await FindAsync(WireAnswer.Json(
            $$"""{"projects": [{"id": "{{OtherId}}", "name": "cn-north-4_team"}, {"id": "{{Id}}", "name": "cn-north-4"}]}"""));

        Assert.Equal(Id, id);
        var request = Assert.Single(requests);
        Assert.Equal("/v3/projects?name=cn-north-4", request.Target);
        Assert.Contains("SignedHeaders=host;user-agent;x-sdk-date", request.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task None_is_told_with_the_way_out()
    {
        var exception = await Assert.ThrowsAsync<CloudException>(() => FindAsync(WireAnswer.Json("""{"projects": []}""")));

        Assert.Contains("lists no project named cn-north-4 for these credentials; set projectId", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_are_named()
    {
        var exception = await Assert.ThrowsAsync<CloudException>(() => FindAsync(WireAnswer.Json(
            $$"""{"projects": [{"id": "{{OtherId}}", "name": "cn-north-4"}, {"id": "{{Id}}", "name": "cn-north-4"}]}""")));

        Assert.Contains($"lists 2 projects named cn-north-4: {OtherId}, {Id}; set projectId", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"projects": [{"name": 5}]}""")]
    [InlineData("<html>")]
    public async Task What_is_no_list_of_projects_is_an_error(string body)
    {
        var exception = await Assert.ThrowsAsync<CloudException>(() => FindAsync(WireAnswer.Json(body)));

        Assert.Contains("without projects", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, 1)]
    [InlineData(503, 3)]
    public async Task A_refusal_is_retried_only_where_that_helps(int status, int requests)
    {
        await using var server = new WireServer(WireAnswer.Json("", status));

        await Assert.ThrowsAsync<CloudException>(() => FindAsync(server));

        Assert.Equal(requests, server.Requests.Count);
    }

    private static async Task<(string Id, IReadOnlyList<WireRequest> Requests)> FindAsync(WireAnswer answer)
    {
        await using var server = new WireServer(answer);

        return (await FindAsync(server), server.Requests);
    }

    private static async Task<string> FindAsync(WireServer server)
    {
        using var http = new HttpClient();
        var options = new IdentityClientOptions { Endpoint = server.Endpoint, RequestTimeout = WireClient.RequestTimeout };
        var credentials = new FixedCredentials(new AccessKeyCredentials("AK", "SK"));
        var client = new IdentityClient(http, options, credentials, new SkippingTime(WireClient.RequestTimeout));

        return await client.FindProjectAsync("cn-north-4", Token);
    }
}
