using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.Tests.Wire;

namespace JobWatcher.HuaweiCloud.Tests.Http.Resilience;

/// <summary>What is tried again, how often and when, over a real socket; waits are jumped over.</summary>
public sealed class RetryTests
{
    private const string Empty = """{"jobs": [], "total_count": 0}""";

    private readonly SkippingTime _time = new(WireClient.RequestTimeout);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429, 2)]
    [InlineData(500, 2)]
    [InlineData(503, 3)]
    public async Task A_request_that_succeeds_within_three_attempts_is_no_failure(int status, int attempts)
    {
        var answers = 0;
        await using var server = new WireServer(_ => ++answers < attempts ? WireAnswer.Json("", status) : WireAnswer.Json(Empty));
        using var wire = new WireClient(server.Endpoint, time: _time);

        var listing = await wire.Client.ListAsync(ListingQuery.All, Token);

        Assert.True(listing.IsComplete);
        Assert.Equal(attempts, server.Requests.Count);
        Assert.Equal(attempts, wire.Calls.Count);
        Assert.Equal(attempts - 1, _time.Waits.Count);
    }

    [Fact]
    public async Task Backoff_is_at_most_one_second_then_two()
    {
        await ListAsync(WireAnswer.Json("", 502));

        Assert.Equal(2, _time.Waits.Count);
        Assert.True(_time.Waits[0] <= TimeSpan.FromSeconds(1));
        Assert.True(_time.Waits[1] <= TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("Retry-After: 7", 7)]
    [InlineData("Retry-After: Tue, 24 Nov 2026 10:00:07 GMT\r\nDate: Tue, 24 Nov 2026 10:00:00 GMT", 7)]
    [InlineData("Retry-After: Tue, 24 Nov 2026 14:17:29 GMT", 7)]
    [InlineData("Retry-After: Tue, 24 Nov 2020 14:17:29 GMT", 0)]
    [InlineData("Retry-After: soon", 0)]
    public async Task What_the_server_tells_to_wait_is_waited_in_its_own_time(string header, int seconds)
    {
        var requests = await ListAsync(WireAnswer.Json("", 503, header));

        Assert.Equal(3, requests);
        Assert.InRange(_time.Waits[0], TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds + 1));
    }

    [Fact]
    public async Task Who_wants_to_be_left_alone_for_long_is_not_asked_again()
    {
        var requests = await ListAsync(WireAnswer.Json("", 503, "Retry-After: 31"));

        Assert.Equal(1, requests);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task The_limit_in_a_throttling_message_spaces_the_attempts()
    {
        const string Throttled =
            """{"error_code": "APIGW.0308", "error_msg": "The throttling threshold has been reached: policy user over ratelimit,limit:20,time:5 minute"}""";

        await ListAsync(WireAnswer.Json(Throttled, 429));

        Assert.All(_time.Waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(17)));
    }

    [Fact]
    public async Task A_caller_who_cancels_waits_for_no_retry()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new WireServer(_ => WireAnswer.Json("", 503, "Retry-After: 5"));
        using var wire = new WireClient(server.Endpoint, time: new SkippingTime(TimeSpan.FromSeconds(5)));

        var listing = wire.Client.ListAsync(ListingQuery.All, cancel.Token);
        await Eventually.TrueAsync(() => wire.Calls.Count == 1);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listing);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_target_has_one_request_in_flight()
    {
        var inFlight = 0;
        var most = 0;
        await using var server = new WireServer(_ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inFlight));
            SpinWait.SpinUntil(() => Volatile.Read(ref inFlight) > 1, TimeSpan.FromMilliseconds(30));
            Interlocked.Decrement(ref inFlight);
            return WireAnswer.Json(Empty);
        });
        using var wire = new WireClient(server.Endpoint, time: _time);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => wire.Client.ListAsync(ListingQuery.All, Token)));

        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(1, most);
    }

    private async Task<int> ListAsync(WireAnswer answer)
    {
        await using var server = new WireServer(answer);
        using var wire = new WireClient(server.Endpoint, time: _time);

        await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        return server.Requests.Count;
    }
}
