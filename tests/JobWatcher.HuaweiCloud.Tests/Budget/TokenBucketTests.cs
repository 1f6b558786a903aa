using CsCheck;
using JobWatcher.HuaweiCloud.Budget;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.HuaweiCloud.Tests.Budget;

public sealed class TokenBucketTests
{
    private static readonly RequestRate Configured = new(200, TimeSpan.FromMinutes(5));

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void No_period_sees_more_requests_than_the_rate_wherever_it_begins() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 300], Gen.Int[0, 4_000].Array[1, 300]).Sample(
            (requests, seconds, gaps) =>
            {
                var time = new FakeTimeProvider();
                var rate = new RequestRate(requests, TimeSpan.FromSeconds(seconds));
                var bucket = new TokenBucket(rate, time);
                List<long> taken = [];
                foreach (var gap in gaps)
                {
                    while (bucket.TryTake())
                    {
                        taken.Add(time.GetTimestamp());
                    }

                    time.Advance(TimeSpan.FromMilliseconds(gap));
                }

                return taken.Index().All(first => taken.Skip(first.Index).Count(
                    other => time.GetElapsedTime(first.Item, other) < rate.Per - TimeSpan.FromMilliseconds(1)) <= requests);
            },
            iter: Iterations.Of(200));

    [Fact]
    public void A_tenth_goes_at_once_and_nine_tenths_a_period_after_that()
    {
        var bucket = new TokenBucket(Configured, _time);

        var atOnce = TakeAll(bucket);
        _time.Advance(TimeSpan.FromMinutes(1));
        var later = 0;
        for (var second = 0; second < 300; second++)
        {
            later += TakeAll(bucket);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(20, atOnce);
        Assert.InRange(later, 180 + 20 - 1, 180 + 20);
    }

    [Fact]
    public void Another_configured_rate_holds_from_now_on_and_gives_no_tokens_away()
    {
        var bucket = new TokenBucket(Configured, _time);
        TakeAll(bucket);

        bucket.Configure(new RequestRate(1000, TimeSpan.FromMinutes(5)));

        Assert.Equal(1000, bucket.Rate!.Value.Requests);
        Assert.Equal(0, TakeAll(bucket));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(100, TakeAll(bucket));
    }

    [Fact]
    public void A_smaller_rate_takes_away_the_tokens_that_its_bucket_cannot_hold()
    {
        var bucket = new TokenBucket(Configured, _time);

        bucket.Configure(new RequestRate(50, TimeSpan.FromMinutes(5)));

        Assert.Equal(5, TakeAll(bucket));
    }

    [Fact]
    public void A_told_limit_goes_on_under_another_configured_rate_unless_that_is_slower()
    {
        var bucket = new TokenBucket(Configured, _time);
        bucket.Refused(new RequestRate(100, TimeSpan.FromMinutes(5)), retryAfter: null);

        bucket.Configure(new RequestRate(1000, TimeSpan.FromMinutes(5)));
        Assert.Equal(100, bucket.Rate!.Value.Requests);
        bucket.Configure(new RequestRate(50, TimeSpan.FromMinutes(5)));

        Assert.Equal(50, bucket.Rate!.Value.Requests);
    }

    [Fact]
    public void A_told_limit_becomes_the_rate_and_empties_the_bucket()
    {
        var bucket = new TokenBucket(Configured, _time);

        bucket.Refused(new RequestRate(100, TimeSpan.FromMinutes(5)), retryAfter: null);

        Assert.Equal(100, bucket.Rate?.Requests);
        Assert.Equal(0, bucket.RemainingRatio);
        Assert.False(bucket.TryTake());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(1_000)]
    public void A_told_limit_that_is_no_slower_changes_no_rate(int requests)
    {
        var bucket = new TokenBucket(Configured, _time);

        bucket.Refused(new RequestRate(requests, TimeSpan.FromMinutes(5)), retryAfter: null);

        Assert.Equal(Configured, bucket.Rate);
        Assert.False(bucket.TryTake());
    }

    [Fact]
    public void A_told_limit_is_let_go_when_a_whole_period_passed_without_another_refusal()
    {
        var told = new RequestRate(100, TimeSpan.FromMinutes(5));
        var bucket = new TokenBucket(Configured, _time);

        bucket.Refused(told, retryAfter: null);
        TakeOneAfter(TimeSpan.FromMinutes(1), bucket);
        _time.Advance(TimeSpan.FromMinutes(4));
        bucket.Refused(told: null, retryAfter: null);
        TakeOneAfter(TimeSpan.FromMinutes(1), bucket);
        _time.Advance(TimeSpan.FromMinutes(4));
        var before = bucket.Rate;
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(told, before);
        Assert.Equal(Configured, bucket.Rate);
    }

    [Fact]
    public void A_limit_that_is_told_again_after_it_was_let_go_holds_twice_as_long()
    {
        var told = new RequestRate(100, TimeSpan.FromMinutes(5));
        var bucket = new TokenBucket(Configured, _time);
        bucket.Refused(told, retryAfter: null);
        TakeOneAfter(TimeSpan.FromMinutes(1), bucket);
        _time.Advance(TimeSpan.FromMinutes(5));
        var between = bucket.Rate;

        bucket.Refused(told, retryAfter: null);
        TakeOneAfter(TimeSpan.FromMinutes(1), bucket);
        _time.Advance(TimeSpan.FromMinutes(9));
        var held = bucket.Rate;
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([Configured, told, Configured], [between, held, bucket.Rate]);
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(3_600, 300)]
    public void A_server_that_wants_to_be_left_alone_is_but_not_for_ever(int told, int seconds)
    {
        var bucket = new TokenBucket(Configured, _time);

        bucket.Refused(told: null, TimeSpan.FromSeconds(told));
        _time.Advance(TimeSpan.FromSeconds(seconds - 1));
        var before = (bucket.TryTake(), bucket.RemainingRatio);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((false, 0), before);
        Assert.True(bucket.TryTake());
    }

    [Fact]
    public void Pauses_that_overlap_hold_back_once_and_one_that_tells_no_time_until_the_next_token()
    {
        var bucket = new TokenBucket(Configured, _time);
        bucket.Refused(told: null, TimeSpan.FromSeconds(60));
        _time.Advance(TimeSpan.FromSeconds(30));
        bucket.Refused(told: null, TimeSpan.FromSeconds(60));
        _time.Advance(TimeSpan.FromSeconds(20));
        var soFar = bucket.HeldBack;
        _time.Advance(TimeSpan.FromMinutes(5));
        var after = bucket.HeldBack;
        bucket.Refused(told: null, retryAfter: null);
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal([50, 90, 91.5], new[] { soFar, after, bucket.HeldBack }.Select(held => held.TotalSeconds));
    }

    [Fact]
    public void Without_a_rate_everybody_may_pass_until_one_is_told()
    {
        var bucket = new TokenBucket(configured: null, _time);
        var free = Enumerable.Range(0, 1_000).All(_ => bucket.TryTake());

        bucket.Refused(new RequestRate(5, TimeSpan.FromSeconds(1)), retryAfter: null);
        var refused = bucket.TryTake();
        TakeOneAfter(TimeSpan.FromSeconds(1), bucket);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(free);
        Assert.False(refused);
        Assert.Null(bucket.Rate);
    }

    [Fact]
    public void A_limit_that_nobody_tried_since_is_not_let_go()
    {
        var told = new RequestRate(100, TimeSpan.FromMinutes(5));
        var bucket = new TokenBucket(Configured, _time);

        bucket.Refused(told, retryAfter: null);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(told, bucket.Rate);
    }

    [Fact]
    public void While_a_server_goes_on_refusing_pauses_double_up_to_a_quarter_of_its_period()
    {
        var told = new RequestRate(100, TimeSpan.FromMinutes(5));
        var bucket = new TokenBucket(Configured, _time);
        List<double> pauses = [];

        for (var refusal = 0; refusal < 7; refusal++)
        {
            bucket.Refused(told, retryAfter: null);
            bucket.Refused(told, retryAfter: null);
            var refusedAt = _time.GetTimestamp();
            while (!bucket.TryTake())
            {
                _time.Advance(TimeSpan.FromSeconds(0.5));
            }

            pauses.Add(_time.GetElapsedTime(refusedAt).TotalSeconds);
        }

        Assert.Equal([3.5, 6, 12, 24, 48, 75, 75], pauses);
    }

    private void TakeOneAfter(TimeSpan wait, TokenBucket bucket)
    {
        _time.Advance(wait);
        Assert.True(bucket.TryTake());
    }

    private static int TakeAll(TokenBucket bucket)
    {
        var taken = 0;
        while (bucket.TryTake())
        {
            taken++;
        }

        return taken;
    }
}
