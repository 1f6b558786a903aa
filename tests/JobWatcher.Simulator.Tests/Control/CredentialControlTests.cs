using System.Net;
using JobWatcher.Simulator.Authentication;

namespace JobWatcher.Simulator.Tests.Control;

public sealed class CredentialControlTests
{
    private const string User = "credentials/users/example-domain/example-user";

    [Fact]
    public async Task Lifetimes_and_the_need_of_a_metadata_token_can_be_set_and_shown()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var set = await cloud.ControlAsync(
            "PATCH",
            "credentials",
            """{"token_lifetime_seconds":5,"temporary_key_lifetime_seconds":7.5,"requires_metadata_token":true}""");
        using var shown = await cloud.ControlAsync("GET", "credentials");

        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), cloud.Server.Cloud.Credentials.TokenLifetime);
        Assert.Equal(TimeSpan.FromSeconds(7.5), cloud.Server.Cloud.Credentials.TemporaryKeyLifetime);
        Assert.True(cloud.Server.Cloud.Metadata.RequiresToken);
        Assert.Equal(
            """{"token_lifetime_seconds":5,"temporary_key_lifetime_seconds":7.5,"requires_metadata_token":true}""",
            await shown.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_is_left_out_stays_as_it_was()
    {
        await using var cloud = await TestCloud.StartAsync();
        cloud.Server.Cloud.Metadata.RequiresToken = true;

        using var set = await cloud.ControlAsync("PATCH", "credentials", """{"token_lifetime_seconds":5}""");

        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        Assert.Equal(TimeSpan.FromHours(1), cloud.Server.Cloud.Credentials.TemporaryKeyLifetime);
        Assert.True(cloud.Server.Cloud.Metadata.RequiresToken);
    }

    [Fact]
    public async Task A_users_password_access_key_and_secret_can_be_changed()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var changed = await cloud.ControlAsync(
            "PATCH", User, """{"password":"new","access_key":"AKNEW","secret_key":"new secret"}""");
        using var created = await cloud.CreateTokenAsync("new");
        var old = await cloud.GetSignedAsync(
            Callers.Listing, SimulatedAccount.Example.AccessKey!, SimulatedAccount.Example.SecretKey!);
        var current = await cloud.GetSignedAsync(Callers.Listing, "AKNEW", "new secret");

        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (old, current));
    }

    [Fact]
    public async Task One_secret_can_be_changed_without_the_others()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var changed = await cloud.ControlAsync("PATCH", User, """{"password":"new"}""");

        var signed = await cloud.GetSignedAsync(
            Callers.Listing, SimulatedAccount.Example.AccessKey!, SimulatedAccount.Example.SecretKey!);
        Assert.Equal(HttpStatusCode.OK, signed);
    }

    [Fact]
    public async Task Tokens_and_temporary_keys_can_be_revoked()
    {
        await using var cloud = await TestCloud.StartAsync();
        var (token, key) = (await cloud.TokenAsync(), await cloud.SecurityKeyAsync());

        using var tokens = await cloud.ControlAsync("DELETE", "credentials/tokens");
        var keyAfterTokens = await cloud.ListAsKeyAsync(key);
        using var keys = await cloud.ControlAsync("DELETE", "credentials/temporary-keys");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (tokens.StatusCode, keys.StatusCode));
        Assert.Equal(HttpStatusCode.Unauthorized, await cloud.ListAsTokenAsync(token));
        Assert.Equal(HttpStatusCode.OK, keyAfterTokens);
        Assert.Equal(HttpStatusCode.Unauthorized, await cloud.ListAsKeyAsync(key));
    }

    [Theory]
    [InlineData("credentials", """{"token_lifetime_seconds":0}""", HttpStatusCode.BadRequest, "above 0")]
    [InlineData("credentials", """{"temporary_key_lifetime_seconds":-1}""", HttpStatusCode.BadRequest, "above 0")]
    [InlineData("credentials", """{"colour":"red"}""", HttpStatusCode.BadRequest, "colour")]
    [InlineData(User, """{"user":"renamed"}""", HttpStatusCode.BadRequest, "user")]
    [InlineData("credentials/users/a/b", """{"password":"new"}""", HttpStatusCode.NotFound, "user b")]
    public async Task A_bad_request_is_told_why(string path, string body, HttpStatusCode status, string reason)
    {
        await using var cloud = await TestCloud.StartAsync();

        using var response = await cloud.ControlAsync("PATCH", path, body);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
