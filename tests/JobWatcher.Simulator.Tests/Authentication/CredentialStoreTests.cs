using System.Net;
using JobWatcher.Simulator.Authentication;

namespace JobWatcher.Simulator.Tests.Authentication;

public sealed class CredentialStoreTests
{
    private static readonly SimulatedAccount Example = SimulatedAccount.Example;

    [Fact]
    public async Task A_new_secret_is_accepted_in_place_of_the_old_one()
    {
        await using var cloud = await TestCloud.StartAsync();

        Change(cloud, account => account with { SecretKey = "new secret" });

        Assert.Equal(HttpStatusCode.Unauthorized, await SignAsync(cloud, Example.AccessKey!, Example.SecretKey!));
        Assert.Equal(HttpStatusCode.OK, await SignAsync(cloud, Example.AccessKey!, "new secret"));
    }

    [Fact]
    public async Task A_new_access_key_is_accepted_in_place_of_the_old_one()
    {
        await using var cloud = await TestCloud.StartAsync();

        Change(cloud, account => account with { AccessKey = "AKNEW", SecretKey = "new secret" });

        Assert.Equal(HttpStatusCode.Unauthorized, await SignAsync(cloud, Example.AccessKey!, Example.SecretKey!));
        Assert.Equal(HttpStatusCode.OK, await SignAsync(cloud, "AKNEW", "new secret"));
    }

    [Fact]
    public async Task An_added_key_leaves_the_old_one_valid()
    {
        await using var cloud = await TestCloud.StartAsync();

        cloud.Server.Cloud.Credentials.Add(Example with { AccessKey = "AKNEW", SecretKey = "new secret" });

        Assert.Equal(HttpStatusCode.OK, await SignAsync(cloud, Example.AccessKey!, Example.SecretKey!));
        Assert.Equal(HttpStatusCode.OK, await SignAsync(cloud, "AKNEW", "new secret"));
    }

    [Fact]
    public async Task A_new_password_ends_the_tokens_of_the_old_one()
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.TokenAsync();

        Change(cloud, account => account with { Password = "new" });
        using var old = await cloud.CreateTokenAsync();
        using var created = await cloud.CreateTokenAsync("new");

        Assert.Equal(HttpStatusCode.Unauthorized, await cloud.ListAsTokenAsync(token));
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
    }

    [Fact]
    public async Task A_change_of_one_user_touches_no_other_and_no_temporary_key()
    {
        var other = new SimulatedAccount { User = "other", Password = "other", Tokens = ["token-of-other"] };
        await using var cloud = await TestCloud.StartAsync(new() { Accounts = [Example, other] });
        var key = await cloud.SecurityKeyAsync();

        Change(cloud, account => account with { Password = "new", User = "renamed" });

        Assert.Equal(HttpStatusCode.OK, await cloud.ListAsTokenAsync("token-of-other"));
        Assert.Equal(HttpStatusCode.OK, await cloud.ListAsKeyAsync(key));
        Assert.Equal(HttpStatusCode.OK, await cloud.ListAsTokenAsync(Example.Tokens[0]));
    }

    [Fact]
    public async Task A_user_who_is_not_there_cannot_be_changed()
    {
        await using var cloud = await TestCloud.StartAsync();
        var change = () => cloud.Server.Cloud.Credentials.Change("example-domain", "nobody", account => account);

        var unknown = Assert.Throws<KeyNotFoundException>(change);

        Assert.Contains("nobody", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_tokens_can_be_revoked_at_once_and_new_ones_be_had()
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.TokenAsync();

        cloud.Server.Cloud.Credentials.RevokeAllTokens();

        Assert.Equal(HttpStatusCode.Unauthorized, await cloud.ListAsTokenAsync(token));
        Assert.Equal(HttpStatusCode.Unauthorized, await cloud.ListAsTokenAsync(Example.Tokens[0]));
        Assert.Equal(HttpStatusCode.OK, await cloud.ListAsTokenAsync(await cloud.TokenAsync()));
    }

    [Fact]
    public async Task All_temporary_keys_can_be_revoked_and_permanent_ones_stay()
    {
        await using var cloud = await TestCloud.StartAsync();
        var key = await cloud.SecurityKeyAsync();

        cloud.Server.Cloud.Credentials.RevokeTemporaryKeys();

        Assert.Equal(HttpStatusCode.Unauthorized, await cloud.ListAsKeyAsync(key));
        Assert.Equal(HttpStatusCode.OK, await SignAsync(cloud, Example.AccessKey!, Example.SecretKey!));
        Assert.Equal(HttpStatusCode.OK, await cloud.ListAsKeyAsync(await cloud.SecurityKeyAsync()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3651)]
    public async Task A_lifetime_that_makes_no_sense_is_refused(int days)
    {
        await using var cloud = await TestCloud.StartAsync();
        var credentials = cloud.Server.Cloud.Credentials;

        Assert.Throws<ArgumentOutOfRangeException>(() => credentials.TokenLifetime = TimeSpan.FromDays(days));
        Assert.Throws<ArgumentOutOfRangeException>(() => credentials.TemporaryKeyLifetime = TimeSpan.FromDays(days));
    }

    private static void Change(TestCloud cloud, Func<SimulatedAccount, SimulatedAccount> change)
        => cloud.Server.Cloud.Credentials.Change(Example.Domain, Example.User, change);

    private static Task<HttpStatusCode> SignAsync(TestCloud cloud, string accessKey, string secret)
        => cloud.GetSignedAsync(Callers.Listing, accessKey, secret);
}
