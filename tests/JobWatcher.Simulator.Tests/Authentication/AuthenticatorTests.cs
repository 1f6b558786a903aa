using System.Net;
using System.Text.Json;
using JobWatcher.Simulator.Authentication;

namespace JobWatcher.Simulator.Tests.Authentication;

public sealed class AuthenticatorTests
{
    [Fact]
    public async Task A_known_token_is_accepted()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var response = await cloud.GetAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another-token")]
    public async Task Without_a_known_token_or_signature_the_answer_is_401(string? token)
    {
        await using var cloud = await TestCloud.StartAsync();
        cloud.Client.DefaultRequestHeaders.Remove("X-Auth-Token");
        if (token is not null)
        {
            cloud.Client.DefaultRequestHeaders.Add("X-Auth-Token", token);
        }

        using var response = await cloud.GetAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("APIGW.0301", await ErrorCodeAsync(response));
    }

    [Fact]
    public async Task A_revoked_token_is_refused()
    {
        await using var cloud = await TestCloud.StartAsync();
        cloud.Server.Cloud.Credentials.Revoke(SimulatedAccount.Example.Tokens[0]);

        using var response = await cloud.GetAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_user_without_the_permission_gets_403_that_names_it()
    {
        await using var cloud = await TestCloud.StartAsync(new()
        {
            Accounts = [SimulatedAccount.Example with { MayListJobs = false }],
        });

        using var response = await cloud.GetAsync();

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Contains("gaussdbformysql:task:list", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_project_is_not_found()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var response = await cloud.GetAsync(project: "00000000000000000000000000000000");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_signed_call_names_the_project_of_its_path_in_a_header()
    {
        await using var cloud = await TestCloud.StartAsync();
        var vector = Vectors.Requests[0];
        var headers = vector.Headers.Where(header => header.Key != "X-Project-Id").ToDictionary();

        var answer = await RawRequest.SendAsync(cloud.Server.BaseAddress, vector.Method, vector.Target, headers);

        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
        Assert.Contains("X-Project-Id", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_checks_anybody_may_call()
    {
        await using var cloud = await TestCloud.StartAsync(new() { CheckAuthentication = false });
        cloud.Client.DefaultRequestHeaders.Clear();

        using var response = await cloud.GetAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<string?> ErrorCodeAsync(HttpResponseMessage response)
        => JsonDocument.Parse(await response.Content.ReadAsStringAsync())
            .RootElement.GetProperty("error_code").GetString();
}
