using System.Net;
using System.Text.Json;

namespace JobWatcher.Simulator.Tests.Identity;

public sealed class TokenEndpointTests
{
    private const string Other = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("""{"name":"cn-north-4"}""")]
    [InlineData($$"""{"id":"{{ProjectOptions.ExampleId}}"}""")]
    public async Task A_password_buys_a_token_that_is_valid_for_a_day(string scope)
    {
        await using var cloud = await TestCloud.StartAsync();

        using var response = await cloud.CreateTokenAsync(scope: scope);

        var token = response.Headers.GetValues("X-Subject-Token").Single();
        cloud.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        var last = await cloud.ListAsTokenAsync(token);
        cloud.Clock.Advance(TimeSpan.FromTicks(1));
        var late = await cloud.ListAsTokenAsync(token);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (last, late));
    }

    [Fact]
    public async Task The_body_tells_what_the_token_is_for_and_until_when()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var response = await cloud.CreateTokenAsync();

        var token = (await response.JsonAsync()).GetProperty("token");
        Assert.Equal("2026-11-25T14:20:00.000000Z", token.GetProperty("expires_at").GetString());
        Assert.Equal("2026-11-24T14:20:00.000000Z", token.GetProperty("issued_at").GetString());
        Assert.Equal("password", token.GetProperty("methods")[0].GetString());
        Assert.Equal(ProjectOptions.ExampleId, token.GetProperty("project").GetProperty("id").GetString());
        Assert.Equal("cn-north-4", token.GetProperty("project").GetProperty("name").GetString());
        Assert.Equal("example-user", token.GetProperty("user").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_token_is_as_long_as_they_get_and_never_the_same()
    {
        await using var cloud = await TestCloud.StartAsync();

        var (first, second) = (await cloud.TokenAsync(), await cloud.TokenAsync());

        Assert.Equal(10 * 1024, first.Length);
        Assert.NotEqual(first, second);
        Assert.Equal(HttpStatusCode.OK, await cloud.ListAsTokenAsync(first));
    }

    [Theory]
    [InlineData("wrong", """{"name":"cn-north-4"}""", "The username or password is wrong.")]
    [InlineData("password-example", """{"name":"nowhere"}""", "The project of the scope could not be found.")]
    [InlineData("password-example", $$"""{"id":"{{Other}}"}""", "The project of the scope could not be found.")]
    public async Task A_wrong_password_or_scope_is_a_401_in_the_notation_of_iam(
        string password, string scope, string message)
    {
        await using var cloud = await TestCloud.StartAsync();

        using var response = await cloud.CreateTokenAsync(password, scope);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(
            $$$"""{"error":{"code":401,"message":"{{{message}}}","title":"Unauthorized"}}""",
            await response.Content.ReadAsStringAsync());
        Assert.False(response.Headers.Contains("X-Subject-Token"));
    }

    [Fact]
    public async Task A_user_without_a_password_gets_no_token()
    {
        await using var cloud = await TestCloud.StartAsync(new() { Accounts = [new()] });

        using var response = await cloud.CreateTokenAsync("");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"auth":tsecret}""")]
    [InlineData("""{"auth":{}}""")]
    [InlineData("""{"auth":{"identity":{"methods":["totp"]},"scope":{"project":{"name":"cn-north-4"}}}}""")]
    public async Task A_body_of_another_shape_is_a_400_that_does_not_quote_it(string body)
    {
        await using var cloud = await TestCloud.StartAsync();

        using var response = await cloud.CreateTokenFromAsync(body);

        var answer = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(400, JsonDocument.Parse(answer).RootElement.GetProperty("error").GetProperty("code").GetInt32());
        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""null""")]
    public async Task A_token_is_for_a_project(string scope)
    {
        await using var cloud = await TestCloud.StartAsync();

        using var response = await cloud.CreateTokenAsync(scope: scope);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_token_opens_its_own_project_alone()
    {
        await using var cloud = await TestCloud.StartAsync(new() { Projects = [new(), new() { Id = Other }] });

        var token = await cloud.TokenAsync($$"""{"id":"{{Other}}"}""");

        Assert.Equal(HttpStatusCode.OK, await cloud.ListAsTokenAsync(token, Other));
        Assert.Equal(HttpStatusCode.Forbidden, await cloud.ListAsTokenAsync(token));
    }

    [Fact]
    public async Task Its_lifetime_can_be_set()
    {
        await using var cloud = await TestCloud.StartAsync();
        cloud.Server.Cloud.Credentials.TokenLifetime = TimeSpan.FromSeconds(5);

        var token = await cloud.TokenAsync();
        cloud.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(HttpStatusCode.Unauthorized, await cloud.ListAsTokenAsync(token));
    }
}
