using JobWatcher.HuaweiCloud.Budget;

namespace JobWatcher.HuaweiCloud.Tests.Budget;

public sealed class ToldLimitTests
{
    private const string Prefix = "The throttling threshold has been reached: ";

    [Theory]
    [InlineData("policy user over ratelimit,limit:200,time:5 minute", 200, 300, false)]
    [InlineData("policy ip over ratelimit,limit:5,time:1 second", 5, 1, true)]
    [InlineData("Policy USER over ratelimit, limit: 10, time: 60 seconds.", 10, 60, false)]
    [InlineData("policy app over ratelimit,limit:1000,time:1 hour", 1000, 3600, false)]
    public void It_is_read_from_the_gateways_message(string message, int requests, int seconds, bool isForAddress) =>
        Assert.Equal(
            new ToldLimit(new RequestRate(requests, TimeSpan.FromSeconds(seconds)), isForAddress), ToldLimit.Parse(Prefix + message));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("The throttling threshold has been reached")]
    [InlineData("policy user over ratelimit,limit:0,time:5 minute")]
    [InlineData("policy user over ratelimit,limit:5,time:0 minute")]
    [InlineData("policy user over ratelimit,limit:99999999999,time:5 minute")]
    [InlineData("policy user over ratelimit,limit:1,time:1 day")]
    [InlineData("policy user over ratelimit,limit:100000,time:1 day")]
    [InlineData("policy user over ratelimit,limit:4,time:5 minute")]
    [InlineData("policy user over ratelimit,limit:-5,time:5 minute")]
    public void What_is_no_limit_or_would_stop_the_watching_is_none(string? message) => Assert.Null(ToldLimit.Parse(message));
}
