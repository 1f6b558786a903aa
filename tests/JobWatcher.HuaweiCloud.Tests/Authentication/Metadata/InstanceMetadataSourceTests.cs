using System.Globalization;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Authentication.Metadata;
using JobWatcher.HuaweiCloud.Tests.Wire;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.HuaweiCloud.Tests.Authentication.Metadata;

public sealed class InstanceMetadataSourceTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 14, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, "imds-token")]
    [InlineData(404, null)]
    [InlineData(405, null)]
    public async Task Keys_come_with_a_metadata_token_or_without_where_there_is_none(int tokenStatus, string? sent)
    {
        await using var server = new WireServer(request => request.Method is "PUT"
            ? WireAnswer.Of("imds-token"u8.ToArray(), tokenStatus)
            : Keys("AK", TimeSpan.FromHours(1)));
        using var source = new InstanceMetadataSource(_time, server.Endpoint);

        var keys = Assert.IsType<AccessKeyCredentials>(await source.GetAsync(Token));

        Assert.Equal(("AK", "SK", "ST"), (keys.AccessKey, keys.SecretKey.Reveal(), keys.SecurityToken?.Reveal()));
        Assert.Equal(["PUT /meta-data/latest/api/token", "GET /openstack/latest/securitykey"], server.Requests.Select(request => $"{request.Method} {request.Target}"));
        Assert.Equal(sent, server.Requests[1].Headers.GetValueOrDefault("X-Metadata-Token"));
    }

    [Fact]
    public async Task Keys_are_renewed_ten_minutes_before_their_end_and_after_a_401()
    {
        var issued = 0;
        await using var server = new WireServer(request => request.Method is "PUT"
            ? WireAnswer.Json("", 404)
            : Keys($"AK{++issued}", TimeSpan.FromHours(1)));
        using var source = new InstanceMetadataSource(_time, server.Endpoint);

        var first = await source.GetAsync(Token);
        _time.Advance(TimeSpan.FromMinutes(50) - TimeSpan.FromSeconds(1));
        var same = await source.GetAsync(Token);
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = await source.GetAsync(Token);
        var mayTryAgain = source.Invalidate(second);
        var third = await source.GetAsync(Token);

        Assert.Same(first, same);
        Assert.True(mayTryAgain);
        Assert.Equal(["AK1", "AK2", "AK3"], new[] { first, second, third }.Select(keys => ((AccessKeyCredentials)keys).AccessKey));
    }

    [Theory]
    [InlineData("{}", 200, "without keys")]
    [InlineData("""{"credential": {"access": "a", "secret": "hidden-one", "securitytoken": "hidden-two", "expires_at": "never"}}""", 200, "was answered with 200")]
    [InlineData("""{"credential": {"access": "a", "secret": "hidden-one", "securitytoken": "hidden-two", "expires_at": "2020-01-01T00:00:00Z"}}""", 200, "keys that have ended already")]
    [InlineData("", 404, "assign an agency to this server")]
    public async Task An_answer_without_keys_is_told_with_the_way_out(string body, int status, string told)
    {
        await using var server = new WireServer(request => WireAnswer.Json(body, request.Method is "PUT" ? 404 : status));
        using var source = new InstanceMetadataSource(_time, server.Endpoint);

        var exception = await Assert.ThrowsAsync<CloudException>(() => source.GetAsync(Token).AsTask());

        Assert.Contains("metadata service gave no keys", exception.Message, StringComparison.Ordinal);
        Assert.Contains(told, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_metadata_service_that_does_not_answer_is_given_up_after_two_seconds()
    {
        await using var server = new WireServer(new WireAnswer([], WireEnding.Hang));
        using var source = new InstanceMetadataSource(_time, server.Endpoint);

        var keys = source.GetAsync(Token).AsTask();
        await Eventually.TrueAsync(() => server.Requests.Count == 1);
        _time.Advance(TimeSpan.FromSeconds(2));

        var exception = await Assert.ThrowsAsync<CloudException>(() => keys);
        Assert.Equal(CloudFault.Timeout, exception.Fault);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task At_what_a_connection_failed_reaches_the_caller()
    {
        using var source = new InstanceMetadataSource(_time, await WireServer.ClosedAsync());

        var exception = await Assert.ThrowsAsync<CloudException>(() => source.GetAsync(Token).AsTask());

        Assert.Equal(HttpRequestError.ConnectionError, exception.ConnectionError);
    }

    [Fact]
    public async Task A_date_that_no_clock_shows_does_not_end_keys()
    {
        await using var server = new WireServer(request => request.Method is "PUT"
            ? WireAnswer.Json("", 404)
            : Keys("AK", TimeSpan.FromHours(1), "Date: Fri, 31 Dec 9999 23:59:59 GMT"));
        using var source = new InstanceMetadataSource(_time, server.Endpoint);

        Assert.NotNull(await source.GetAsync(Token));
    }

    private WireAnswer Keys(string accessKey, TimeSpan lifetime, params string[] headers)
    {
        var end = (_time.GetUtcNow() + lifetime).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        return WireAnswer.Json(
            $$"""{"credential": { "access": "{{accessKey}}", "secret": "SK", "securitytoken": "ST", "expires_at": "{{end}}" } }""", 200, headers);
    }
}
