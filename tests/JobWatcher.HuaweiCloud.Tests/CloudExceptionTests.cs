using System.Reflection;
using JobWatcher.HuaweiCloud.Budget;

namespace JobWatcher.HuaweiCloud.Tests;

public sealed class CloudExceptionTests
{
    private static readonly CloudException Full = new(CloudFault.Throttled, "What the cloud said.", new IOException())
    {
        ConnectionError = HttpRequestError.NameResolutionError,
        HttpStatus = 429,
        ErrorCode = "APIGW.0308",
        RequestId = "request",
        CloudTime = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero),
        RetryAfter = TimeSpan.FromSeconds(30),
        ToldLimit = ToldLimit.Parse("The throttling threshold has been reached: policy user over ratelimit,limit:60,time:1 minute"),
    };

    [Fact]
    public void What_is_told_again_holds_every_fact()
    {
        var facts = typeof(CloudException)
            .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(property => property.Name != nameof(CloudException.WasNotSent))
            .ToList();

        var again = Full.Retold("In other words.", wasNotSent: true);

        Assert.Equal(8, facts.Count);
        Assert.All(facts, fact => Assert.NotNull(fact.GetValue(Full)));
        Assert.All(facts, fact => Assert.Equal(fact.GetValue(Full), fact.GetValue(again)));
        Assert.Equal(("In other words.", true), (again.Message, again.WasNotSent));
        Assert.Same(Full.InnerException, again.InnerException);
    }
}
