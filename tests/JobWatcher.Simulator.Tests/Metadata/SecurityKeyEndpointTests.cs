using System.Net;

namespace JobWatcher.Simulator.Tests.Metadata;

public sealed class SecurityKeyEndpointTests
{
    [Fact]
    public async Task A_temporary_key_signs_for_an_hour()
    {
        await using var cloud = await TestCloud.StartAsync();

        var key = await cloud.SecurityKeyAsync();

        cloud.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        var last = await cloud.ListAsKeyAsync(key);
        cloud.Clock.Advance(TimeSpan.FromTicks(1));
        var late = await cloud.ListAsKeyAsync(key);
        Assert.Equal(TestCloud.Start.AddHours(1), key.Expires);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (last, late));
    }

    [Fact]
    public async Task Its_security_token_must_travel_with_it()
    {
        await using var cloud = await TestCloud.StartAsync();

        var key = await cloud.SecurityKeyAsync();

        var without = await cloud.GetSignedAsync(Callers.Listing, key.AccessKey, key.SecretKey);
        Assert.Equal(HttpStatusCode.Unauthorized, without);
    }

    [Fact]
    public async Task The_key_is_the_same_until_ten_minutes_before_its_end_and_the_old_one_outlives_that()
    {
        await using var cloud = await TestCloud.StartAsync();

        var first = await cloud.SecurityKeyAsync();
        cloud.Clock.Advance(TimeSpan.FromMinutes(50) - TimeSpan.FromTicks(1));
        var same = await cloud.SecurityKeyAsync();
        cloud.Clock.Advance(TimeSpan.FromTicks(1));
        var next = await cloud.SecurityKeyAsync();

        Assert.Equal(first, same);
        Assert.NotEqual(first.AccessKey, next.AccessKey);
        Assert.Equal(HttpStatusCode.OK, await cloud.ListAsKeyAsync(first));
        Assert.Equal(HttpStatusCode.OK, await cloud.ListAsKeyAsync(next));
    }

    [Fact]
    public async Task A_new_lifetime_is_that_of_the_next_key()
    {
        await using var cloud = await TestCloud.StartAsync();
        var before = await cloud.SecurityKeyAsync();

        cloud.Server.Cloud.Credentials.TemporaryKeyLifetime = TimeSpan.FromSeconds(5);
        var after = await cloud.SecurityKeyAsync();

        Assert.Equal(TestCloud.Start.AddSeconds(5), after.Expires);
        cloud.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.Unauthorized, await cloud.ListAsKeyAsync(after));
        Assert.Equal(HttpStatusCode.OK, await cloud.ListAsKeyAsync(before));
    }

    [Fact]
    public async Task A_revoked_key_is_refused_and_not_shown_again()
    {
        await using var cloud = await TestCloud.StartAsync();
        var key = await cloud.SecurityKeyAsync();

        var revoked = cloud.Server.Cloud.Credentials.Revoke(key.AccessKey);

        Assert.True(revoked);
        Assert.Equal(HttpStatusCode.Unauthorized, await cloud.ListAsKeyAsync(key));
        Assert.Equal(HttpStatusCode.OK, await cloud.ListAsKeyAsync(await cloud.SecurityKeyAsync()));
    }

    [Fact]
    public async Task A_server_may_require_a_token_which_ends()
    {
        await using var cloud = await TestCloud.StartAsync();
        cloud.Server.Cloud.Metadata.RequiresToken = true;
        using var created = await cloud.CreateMetadataTokenAsync("60");
        var token = await created.Content.ReadAsStringAsync();

        using var without = await cloud.GetSecurityKeyAsync();
        using var with = await cloud.GetSecurityKeyAsync(token);
        cloud.Clock.Advance(TimeSpan.FromSeconds(60));
        using var late = await cloud.GetSecurityKeyAsync(token);

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.Unauthorized],
            new[] { without.StatusCode, with.StatusCode, late.StatusCode });
        Assert.Equal("text/plain", without.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_wrong_token_is_refused_where_none_is_required()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var response = await cloud.GetSecurityKeyAsync("another-token");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("1", HttpStatusCode.OK)]
    [InlineData("21600", HttpStatusCode.OK)]
    [InlineData("0", HttpStatusCode.BadRequest)]
    [InlineData("21601", HttpStatusCode.BadRequest)]
    [InlineData("an hour", HttpStatusCode.BadRequest)]
    [InlineData(null, HttpStatusCode.BadRequest)]
    public async Task A_token_is_for_one_second_to_six_hours(string? seconds, HttpStatusCode status)
    {
        await using var cloud = await TestCloud.StartAsync();

        using var response = await cloud.CreateMetadataTokenAsync(seconds);

        Assert.Equal(status, response.StatusCode);
    }
}
