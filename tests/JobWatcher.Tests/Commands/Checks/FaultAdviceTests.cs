using JobWatcher.Commands.Checks;
using JobWatcher.Configuration.Credentials;
using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.Planning;
using JobWatcher.Tests.Polling;
using JobWatcher.Tests.Snapshots;

namespace JobWatcher.Tests.Commands.Checks;

public sealed class FaultAdviceTests
{
    private static readonly PlannedTarget Planned = new()
    {
        Target = WatchRig.TargetNamed("prod"),
        Credentials = new AccessKeyConfiguration(
            new SecretConfiguration("AKEXAMPLE"), new SecretConfiguration("sk-example"), SecurityToken: null),
    };

    [Theory]
    [InlineData(CloudFault.Unauthorized, 401, null, "the keys or token of the credentials default are refused")]
    [InlineData(CloudFault.Forbidden, 403, null, "grant gaussdbformysql:task:list in this project")]
    [InlineData(CloudFault.Throttled, 429, null, "lower polling.requestBudget")]
    [InlineData(CloudFault.Timeout, null, null, "raise polling.requestTimeout")]
    [InlineData(CloudFault.Unreachable, null, HttpRequestError.NameResolutionError, "check region, endpoint and DNS")]
    [InlineData(CloudFault.Unreachable, null, HttpRequestError.SecureConnectionError, "name its authority's file as caFile")]
    [InlineData(CloudFault.Unreachable, null, HttpRequestError.ProxyTunnelError, "check HTTPS_PROXY and NO_PROXY")]
    [InlineData(CloudFault.Unreachable, null, HttpRequestError.ConnectionError, "check endpoint, firewall and proxy")]
    [InlineData(CloudFault.Unreachable, null, HttpRequestError.Unknown, "check endpoint, firewall and proxy")]
    [InlineData(CloudFault.Unreachable, null, null, "check endpoint, firewall and proxy")]
    [InlineData(CloudFault.Error, 400, null, "no project 619d3e78f61b4be68bc5aa0b59edcf7b of cn-north-4; check region, projectId")]
    [InlineData(CloudFault.Error, 404, null, "no project 619d3e78f61b4be68bc5aa0b59edcf7b of cn-north-4; check region, projectId")]
    [InlineData(CloudFault.Error, 407, null, "check HTTPS_PROXY and NO_PROXY")]
    [InlineData(CloudFault.Error, 500, null, "the cloud failed; try again later")]
    [InlineData(CloudFault.Error, 503, null, "the cloud failed; try again later")]
    [InlineData(CloudFault.Error, 200, null, "this is no answer of the API; check endpoint and proxy")]
    [InlineData(CloudFault.Error, 302, null, "this is no answer of the API; check endpoint and proxy")]
    [InlineData(CloudFault.Error, null, null, "this is no answer of the API; check endpoint and proxy")]
    public void Each_fault_tells_the_way_out(CloudFault kind, int? status, HttpRequestError? connection, string wayOut)
    {
        var fault = new CloudException(kind, "What the cloud said.") { HttpStatus = status, ConnectionError = connection };

        var advice = FaultAdvice.For(fault, Planned, Sight.Noon);

        Assert.Contains(wayOut, advice, StringComparison.Ordinal);
        Assert.EndsWith("(What the cloud said)", advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-25 * 60, "this machine's clock is 1d1h ahead of the cloud's")]
    [InlineData(25 * 60, "this machine's clock is 1d1h behind the cloud's")]
    [InlineData((24 * 60) + 1, "this machine's clock is 1d1m behind the cloud's")]
    public void A_signature_that_no_time_could_save_is_the_clocks_fault(int cloudAheadMinutes, string told)
    {
        var advice = FaultAdvice.For(Refused(cloudAheadMinutes), Planned, Sight.Noon);
        var onServer = FaultAdvice.For(
            Refused(cloudAheadMinutes), Planned with { Credentials = new InstanceMetadataConfiguration() }, Sight.Noon);

        Assert.StartsWith(told, advice, StringComparison.Ordinal);
        Assert.Contains("set the clock", advice, StringComparison.Ordinal);
        Assert.Equal(advice, onServer);
    }

    [Theory]
    [InlineData(-24 * 60, "besides, this machine's clock is 1d ahead of the cloud's (")]
    [InlineData(16, "besides, this machine's clock is 16m behind the cloud's (")]
    [InlineData(0, "that they are of this cloud (")]
    public void A_signature_that_the_clouds_own_time_did_not_save_is_the_keys_fault(int cloudAheadMinutes, string told)
    {
        var advice = FaultAdvice.For(Refused(cloudAheadMinutes), Planned, Sight.Noon);

        Assert.StartsWith("the keys or token", advice, StringComparison.Ordinal);
        Assert.Contains(told, advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_is_refused_is_never_the_clocks_fault()
    {
        var withToken = Planned with { Credentials = new TokenConfiguration(new SecretConfiguration(new Secret("t0k3n"))) };

        var advice = FaultAdvice.For(Refused(cloudAheadMinutes: 25 * 60), withToken, Sight.Noon);

        Assert.StartsWith("the keys or token", advice, StringComparison.Ordinal);
    }

    private static CloudException Refused(int cloudAheadMinutes) => new(CloudFault.Unauthorized, "verify aksk signature fail")
    {
        HttpStatus = 401,
        CloudTime = Sight.Noon.AddMinutes(cloudAheadMinutes),
    };
}
