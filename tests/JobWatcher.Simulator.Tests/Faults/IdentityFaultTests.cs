using System.Net;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Requests;

namespace JobWatcher.Simulator.Tests.Faults;

public sealed class IdentityFaultTests
{
    public static TheoryData<ApiOperation> Operations => new(Enum.GetValues<ApiOperation>());

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_fault_of_an_operation_hits_that_one_alone(ApiOperation hit)
    {
        await using var cloud = await TestCloud.StartAsync();
        cloud.Server.Cloud.Faults.Put(new Fault { Operation = hit, Status = 503 });

        foreach (var operation in Enum.GetValues<ApiOperation>())
        {
            using var response = await CallAsync(cloud, operation);

            Assert.Equal(operation == hit, response.StatusCode == HttpStatusCode.ServiceUnavailable);
            Assert.Equal(operation != hit, response.IsSuccessStatusCode);
        }
    }

    [Fact]
    public async Task A_fault_of_a_project_hits_neither_iam_nor_metadata()
    {
        await using var cloud = await TestCloud.StartAsync();
        cloud.Server.Cloud.Faults.Put(new Fault { Project = ProjectOptions.ExampleId, Status = 503 });

        using var token = await CallAsync(cloud, ApiOperation.CreateToken);
        using var key = await CallAsync(cloud, ApiOperation.GetSecurityKey);

        Assert.True(token.IsSuccessStatusCode);
        Assert.True(key.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData(ApiOperation.CreateToken)]
    [InlineData(ApiOperation.ListProjects)]
    public async Task An_error_of_iam_has_the_notation_of_iam(ApiOperation operation)
    {
        await using var cloud = await TestCloud.StartAsync();
        cloud.Server.Cloud.Faults.Put(new Fault { Status = 500, ErrorMsg = "Sorry." });

        using var response = await CallAsync(cloud, operation);

        Assert.Equal(
            """{"error":{"code":500,"message":"Sorry.","title":"Internal Server Error"}}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_error_with_a_code_is_of_the_gateway_before_iam()
    {
        await using var cloud = await TestCloud.StartAsync();
        cloud.Server.Cloud.Faults.Put(Fault.Throttled("policy ip over ratelimit,limit:5,time:1 second"));

        using var response = await CallAsync(cloud, ApiOperation.CreateToken);

        Assert.Equal("APIGW.0308", (await response.JsonAsync()).GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task Issued_tokens_and_keys_and_metadata_tokens_can_count_as_expired()
    {
        await using var cloud = await TestCloud.StartAsync();
        var (token, key) = (await cloud.TokenAsync(), await cloud.SecurityKeyAsync());
        using var created = await cloud.CreateMetadataTokenAsync("60");
        cloud.Server.Cloud.Faults.Put(new Fault { ExpiredTokens = true });

        using var metadata = await cloud.GetSecurityKeyAsync(await created.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.Unauthorized, await cloud.ListAsTokenAsync(token));
        Assert.Equal(HttpStatusCode.Unauthorized, await cloud.ListAsKeyAsync(key));
        Assert.Equal(HttpStatusCode.Unauthorized, metadata.StatusCode);
    }

    [Fact]
    public async Task Each_operation_is_logged_by_its_name()
    {
        await using var cloud = await TestCloud.StartAsync();

        foreach (var operation in Enum.GetValues<ApiOperation>())
        {
            using var response = await CallAsync(cloud, operation);
        }

        var log = cloud.Server.Cloud.Requests.Snapshot();
        Assert.Equal(Enum.GetValues<ApiOperation>(), log.Select(request => request.Operation!.Value));
        Assert.DoesNotContain("password-example", string.Join('\n', log), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> CallAsync(TestCloud cloud, ApiOperation operation) => operation switch
    {
        ApiOperation.ListImmediateJobs => cloud.GetAsync(),
        ApiOperation.CreateToken => cloud.CreateTokenAsync(),
        ApiOperation.ListProjects => cloud.Client.GetAsync(new Uri("/v3/projects", UriKind.Relative)),
        ApiOperation.CreateMetadataToken => cloud.CreateMetadataTokenAsync("60"),
        _ => cloud.GetSecurityKeyAsync(),
    };
}
