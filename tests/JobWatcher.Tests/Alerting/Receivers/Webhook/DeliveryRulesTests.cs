using CsCheck;
using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Alerting.Receivers.Webhook;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using static JobWatcher.Tests.Storage.Make;

namespace JobWatcher.Tests.Alerting.Receivers.Webhook;

/// <summary>What becomes of a delivery after an attempt.</summary>
public sealed class DeliveryRulesTests
{
    private static readonly ReceiverAnswer Failed = new() { Status = 500, Error = "It answered 500." };

    [Theory]
    [InlineData(200, true)]
    [InlineData(204, true)]
    [InlineData(410, true)]
    [InlineData(301, false)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    [InlineData(429, false)]
    [InlineData(503, false)]
    [InlineData(null, false)]
    public void Only_2xx_and_410_are_final(int? status, bool isFinal)
    {
        var settled = DeliveryRules.Settle(Delivery(), new ReceiverAnswer { Status = status }, Noon, random: 0.5);

        Assert.Equal(isFinal, settled.Retry is null);
    }

    [Fact]
    public void Waits_grow_with_the_attempts_up_to_an_hour_and_are_spread() =>
        Gen.Select(Gen.Int[0, 500], Gen.Double[0, 1]).Sample((attempts, random) =>
        {
            var retry = DeliveryRules.Settle(Delivery(attempts), Failed, Noon, random).Retry!;
            var longest = Math.Min(Math.Pow(2, Math.Min(attempts, 20)), 3600);
            var expected = TimeSpan.FromSeconds(Math.Max(0.1, random * longest));
            return retry.Attempts == attempts + 1 && (retry.Time - Noon - expected).Duration() < TimeSpan.FromMilliseconds(1);
        });

    [Theory]
    [InlineData(120, 120)]
    [InlineData(7200, 3600)]
    [InlineData(0, 1)]
    public void A_receiver_that_asks_to_be_left_alone_is_for_an_hour_at_most(int told, int waited)
    {
        var answer = Failed with { RetryAfter = TimeSpan.FromSeconds(told) };

        Assert.Equal(Noon.AddSeconds(waited), DeliveryRules.Settle(Delivery(), answer, Noon, random: 1).Retry!.Time);
    }

    [Fact]
    public void The_last_attempt_comes_when_three_days_have_passed()
    {
        var now = Noon.AddDays(3).AddMinutes(-1);
        var answer = Failed with { RetryAfter = TimeSpan.FromHours(1) };

        Assert.Equal(Noon.AddDays(3), DeliveryRules.Settle(Delivery(), answer, now, random: 1).Retry!.Time);
        Assert.Equal(Noon.AddDays(9).AddHours(1), DeliveryRules.Settle(Delivery(), answer, Noon.AddDays(9), random: 1).Retry!.Time);
    }

    private static Delivery Delivery(int attempts = 0)
    {
        var alert = Firing.OfFailed(Firing.Ended("a", JobStatus.Failed));
        return new Delivery
        {
            Key = new DeliveryKey("hook", alert.Id, DeliveryKind.Firing), Alert = alert, Created = Noon, Attempts = attempts,
        };
    }
}
