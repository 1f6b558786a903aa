using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Authentication.Secrets;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.Tests.Wire;

namespace JobWatcher.HuaweiCloud.Tests.Authentication;

public sealed class CredentialSourceTests
{
    private readonly SkippingTime _time = new(WireClient.RequestTimeout);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_rotated_in_its_file_costs_no_listing()
    {
        using var folder = new TempFolder();
        var valid = "t0k3n-one";
        await using var server = new WireServer(request => request.Headers["X-Auth-Token"] == valid
            ? WireAnswer.Json("""{"jobs": [], "total_count": 0}""")
            : WireAnswer.Json("", 401));
        var source = new TokenSource(new SecretFile(folder.Write("token", valid), _time));
        using var wire = new WireClient(server.Endpoint, source, _time);
        await wire.Client.ListAsync(ListingQuery.All, Token);

        valid = "t0k3n-two";
        folder.Write("token", valid);
        await wire.Client.ListAsync(ListingQuery.All, Token);

        Assert.Equal(["t0k3n-one", "t0k3n-one", "t0k3n-two"], server.Requests.Select(request => request.Headers["X-Auth-Token"]));
    }

    [Fact]
    public async Task A_refused_key_that_did_not_change_is_not_sent_again()
    {
        using var folder = new TempFolder();
        await using var server = new WireServer(WireAnswer.Json("", 401));
        var source = new AccessKeySource(new FixedSecret("AK"), new SecretFile(folder.Write("key", "SK"), _time));
        using var wire = new WireClient(server.Endpoint, source, _time);

        await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("t0k\n3n")]
    [InlineData("t0k 3n")]
    [InlineData("t0k3n–")]
    public async Task A_token_that_a_header_cannot_carry_is_told_and_not_shown(string token)
    {
        await using var server = new WireServer(WireAnswer.Json(""));
        using var wire = new WireClient(server.Endpoint, new TokenCredentials(token), _time);

        var exception = await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        Assert.Equal(CloudFault.Unauthorized, exception.Fault);
        Assert.Contains("The token holds a character that an HTTP header cannot carry", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(token[..3], exception.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }
}
