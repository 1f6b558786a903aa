using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.Tests.Wire;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.HuaweiCloud.Tests.ImmediateJobs;

public sealed class ImmediateJobsClientTests
{
    private const string Empty = """{"jobs": [], "total_count": 0}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_references_example_is_understood_field_by_field()
    {
        var body = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "vectors/immediate-jobs-200.json"), Token);
        await using var server = new WireServer(WireAnswer.Of(body, 200, "Date: Thu, 24 Dec 2026 14:17:22 GMT"));
        using var wire = new WireClient(server.Endpoint);

        var listing = await wire.Client.ListAsync(ListingQuery.All, Token);

        Assert.True(listing.IsComplete);
        Assert.Equal((2, 2, 0, 1), (listing.TotalCount, listing.Listed, listing.Malformed, listing.Pages));
        Assert.Equal(new DateTimeOffset(2026, 12, 24, 14, 17, 22, TimeSpan.Zero), listing.CloudTime);
        Assert.Equal(
            new ImmediateJob
            {
                JobId = "7155730b-a60b-4dc0-9f89-3f55897f29d6",
                JobName = "CloseGaussDBforMySQLProxy",
                Status = JobStatus.Completed,
                InstanceId = "ede953923f06448d9be8686ef0c1378ein07",
                InstanceName = "gauss-1234",
                InstanceStatus = "deleted",
                CreatedTime = new DateTimeOffset(2018, 8, 6, 10, 41, 14, TimeSpan.Zero),
                EndedTime = new DateTimeOffset(2018, 8, 6, 12, 41, 14, TimeSpan.Zero),
            },
            listing.Jobs[0]);
        Assert.Equal("Single task exception.", listing.Jobs[1].FailReason);
        Assert.Equal([new ApiCall("ListImmediateJobs", 200)], wire.Calls);
    }

    [Fact]
    public async Task A_query_travels_with_its_plus_encoded_and_no_offset()
    {
        await using var server = new WireServer(WireAnswer.Json(Empty));
        using var wire = new WireClient(new Uri(server.Endpoint, "/taurus/"));
        var query = new ListingQuery
        {
            Status = JobStatus.Failed,
            JobName = "GaussDBforMySQLBindEIP",
            StartTime = new DateTimeOffset(2018, 8, 6, 11, 41, 14, TimeSpan.FromHours(1)),
        };

        await wire.Client.ListAsync(query, Token);

        var request = Assert.Single(server.Requests);
        Assert.StartsWith($"/taurus/v3/{WireClient.ProjectId}/immediate-jobs?", request.Target, StringComparison.Ordinal);
        Assert.Contains("%2B0000", request.Target, StringComparison.Ordinal);
        Assert.Equal("Failed", request.Parameter("status"));
        Assert.Equal("GaussDBforMySQLBindEIP", request.Parameter("job_name"));
        Assert.Equal("2018-08-06T10:41:14+0000", request.Parameter("start_time"));
        Assert.Equal("50", request.Parameter("limit"));
        Assert.Null(request.Parameter("offset"));
        Assert.Null(request.Parameter("end_time"));
    }

    [Fact]
    public async Task A_token_goes_with_the_request()
    {
        await using var server = new WireServer(WireAnswer.Json(Empty));
        using var wire = new WireClient(server.Endpoint, new TokenCredentials("the-token"));

        await wire.Client.ListAsync(ListingQuery.All, Token);

        var headers = Assert.Single(server.Requests).Headers;
        Assert.Equal("the-token", headers["X-Auth-Token"]);
        Assert.Equal("en-us", headers["X-Language"]);
        Assert.Equal("application/json", headers["Content-Type"]);
        Assert.DoesNotContain("Authorization", headers.Keys);
    }

    [Fact]
    public async Task A_request_is_signed_as_it_travels()
    {
        await using var server = new WireServer(WireAnswer.Json(Empty));
        var credentials = new AccessKeyCredentials("AK", "SK", "temporary+/=");
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 14, 17, 22, TimeSpan.Zero));
        using var wire = new WireClient(server.Endpoint, credentials, time);

        await wire.Client.ListAsync(new ListingQuery { JobName = "a b*c~d(é)/中", StartTime = time.GetUtcNow() }, Token);

        var request = Assert.Single(server.Requests);
        Assert.Equal("20261124T141722Z", request.Headers["X-Sdk-Date"]);
        Assert.Equal("temporary+/=", request.Headers["X-Security-Token"]);
        Assert.Contains(
            "SignedHeaders=host;user-agent;x-language;x-project-id;x-sdk-date;x-security-token",
            request.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal(Authorization(request, credentials), request.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("ftp://example.com")]
    [InlineData("https://user:password@example.com")]
    [InlineData("https://example.com/?a=b")]
    [InlineData("/relative")]
    public void An_endpoint_that_cannot_be_one_is_refused(string endpoint) =>
        Assert.Throws<ArgumentException>(() => new WireClient(new Uri(endpoint, UriKind.RelativeOrAbsolute)));

    private static string Authorization(WireRequest request, AccessKeyCredentials credentials)
    {
        string[] names = ["User-Agent", "X-Language", "X-Project-Id", "X-Sdk-Date", "X-Security-Token"];
        var target = request.Target.Split('?');
        var canonical = CanonicalRequest.Of(
            request.Method, target[0], target[1],
            [.. names.Select(name => KeyValuePair.Create(name, request.Headers[name])), KeyValuePair.Create("host", "127.0.0.1")],
            []);
        return AccessKeySigner.Authorization(canonical, request.Headers["X-Sdk-Date"], credentials);
    }
}
