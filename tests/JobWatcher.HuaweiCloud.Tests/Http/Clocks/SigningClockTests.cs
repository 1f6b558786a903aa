using CsCheck;
using JobWatcher.HuaweiCloud.Http.Clocks;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.HuaweiCloud.Tests.Http.Clocks;

public sealed class SigningClockTests
{
    private static readonly TimeSpan Accepted = TimeSpan.FromMinutes(15);

    private readonly FakeTimeProvider _cloud = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly SettableClock _own;
    private readonly EndpointClock _endpoint;
    private readonly SigningClock _clock;

    public SigningClockTests()
    {
        _own = new SettableClock(_cloud);
        _endpoint = new EndpointClock(_own);
        _clock = new SigningClock(_endpoint, _own);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(599, false)]
    [InlineData(-599, false)]
    [InlineData(600, true)]
    [InlineData(-600, true)]
    [InlineData(86_400, true)]
    [InlineData(-86_400, true)]
    [InlineData(86_401, false)]
    [InlineData(-86_401, false)]
    public void The_clouds_time_signs_from_10_minutes_to_24_hours_of_difference(int seconds, bool isClouds)
    {
        _own.Ahead = TimeSpan.FromSeconds(seconds);
        _endpoint.Learn(_cloud.GetUtcNow());

        var now = _clock.Now();

        Assert.Equal(isClouds ? _cloud.GetUtcNow() : _own.GetUtcNow(), now);
    }

    [Fact]
    public void Before_the_first_answer_the_own_clock_signs_and_its_refusal_brings_the_clouds()
    {
        _own.Ahead = TimeSpan.FromHours(1);
        var signedAt = _clock.Now();
        _endpoint.Learn(_cloud.GetUtcNow());

        var isWorthRepeating = _clock.Refused(signedAt);

        Assert.Equal(_own.GetUtcNow(), signedAt);
        Assert.True(isWorthRepeating);
        Assert.Equal(_cloud.GetUtcNow(), _clock.Now());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(25 * 60)]
    public void A_refusal_that_the_clock_does_not_explain_is_not_worth_repeating(int minutes)
    {
        _own.Ahead = TimeSpan.FromMinutes(minutes);
        var signedAt = _clock.Now();
        _endpoint.Learn(_cloud.GetUtcNow());

        Assert.False(_clock.Refused(signedAt));
        Assert.Equal(_own.GetUtcNow(), _clock.Now());
    }

    [Fact]
    public void A_wrong_Date_does_not_take_a_clock_away_that_is_accepted()
    {
        var signedAt = _clock.Now();
        _endpoint.Learn(_cloud.GetUtcNow().AddHours(-1));

        _clock.Accepted(signedAt);

        Assert.Equal(_own.GetUtcNow(), _clock.Now());
    }

    [Fact]
    public void A_wrong_Date_that_took_over_gives_way_at_the_first_refusal()
    {
        _endpoint.Learn(_cloud.GetUtcNow().AddHours(-1));
        var signedAt = _clock.Now();

        Assert.True(_clock.Refused(signedAt));
        Assert.Equal(_own.GetUtcNow(), _clock.Now());
    }

    [Fact]
    public void A_sleep_in_which_the_monotonic_time_stood_still_is_put_right_by_the_next_answer()
    {
        _endpoint.Learn(_cloud.GetUtcNow());
        _own.Ahead = TimeSpan.FromHours(1);
        var signedAt = _clock.Now();
        _endpoint.Learn(_own.GetUtcNow());

        Assert.True(_clock.Refused(signedAt));
        Assert.Equal(_own.GetUtcNow(), _clock.Now());
    }

    /// <summary>A server that refuses what is more than 15 minutes off its clock, and some requests for another reason.</summary>
    [Fact]
    public void Within_24_hours_the_second_attempt_at_the_latest_is_accepted_however_the_clock_is_set() =>
        Gen.Select(Gen.Int[-86_400, 86_400], Gen.Int[0, 50_000], Gen.Bool).Array[1, 20].Sample(steps =>
        {
            var cloud = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
            var own = new SettableClock(cloud);
            var endpoint = new EndpointClock(own);
            var clock = new SigningClock(endpoint, own);
            foreach (var (ahead, passed, isBadKey) in steps)
            {
                cloud.Advance(TimeSpan.FromSeconds(passed));
                own.Ahead = TimeSpan.FromSeconds(ahead);

                var isDone = IsAccepted(isBadKey, out var isWorthRepeating)
                    || (isWorthRepeating && IsAccepted(isBadKey, out _));

                Assert.Equal(!isBadKey, isDone);
            }

            bool IsAccepted(bool isBadKey, out bool isWorthRepeating)
            {
                var signedAt = clock.Now();
                endpoint.Learn(cloud.GetUtcNow());
                var isAccepted = !isBadKey && (signedAt - cloud.GetUtcNow()).Duration() <= Accepted;
                if (isAccepted)
                {
                    clock.Accepted(signedAt);
                }

                isWorthRepeating = !isAccepted && clock.Refused(signedAt);
                return isAccepted;
            }
        });
}
