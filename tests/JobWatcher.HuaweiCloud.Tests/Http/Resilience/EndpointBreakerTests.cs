using JobWatcher.HuaweiCloud.Http.Resilience;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.Tests.Wire;

namespace JobWatcher.HuaweiCloud.Tests.Http.Resilience;

public sealed class EndpointBreakerTests
{
    private readonly SkippingTime _time = new(WireClient.RequestTimeout);
    private readonly EndpointBreaker _breaker;

    public EndpointBreakerTests() => _breaker = new EndpointBreaker(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cloud_that_is_down_is_spared()
    {
        await using var server = new WireServer(WireAnswer.Json("", 503));
        using var wire = Client(server);

        var exceptions = await FailAsync(wire, times: 8);

        Assert.Equal(EndpointBreaker.MinimumThroughput, server.Requests.Count);
        Assert.Equal(EndpointBreaker.MinimumThroughput, wire.Calls.Count);
        Assert.True(_breaker.IsOpen);
        Assert.Equal(503, exceptions[3].HttpStatus);
        Assert.Equal((CloudFault.Unreachable, null), (exceptions[7].Fault, exceptions[7].HttpStatus));
        Assert.Contains("was not sent: no request there was answered lately", exceptions[7].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_while_one_request_tries_and_its_answer_ends_the_sparing()
    {
        var isDown = true;
        await using var server = new WireServer(_ => isDown
            ? WireAnswer.Json("", 503)
            : WireAnswer.Json("""{"jobs": [], "total_count": 0}"""));
        using var wire = Client(server);
        await FailAsync(wire, times: 5);
        var before = server.Requests.Count;

        _time.Clock.Advance(EndpointBreaker.BreakDuration);
        await FailAsync(wire, times: 2);
        var tried = server.Requests.Count - before;
        isDown = false;
        _time.Clock.Advance(EndpointBreaker.BreakDuration);
        await wire.Client.ListAsync(ListingQuery.All, Token);
        await wire.Client.ListAsync(ListingQuery.All, Token);

        Assert.Equal(1, tried);
        Assert.Equal(before + 3, server.Requests.Count);
        Assert.False(_breaker.IsOpen);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task An_endpoint_that_refuses_is_not_down(int status)
    {
        await using var server = new WireServer(WireAnswer.Json("", status));
        using var wire = Client(server);

        await FailAsync(wire, times: 12);

        Assert.Equal(status is 429 ? 36 : 12, server.Requests.Count);
        Assert.False(_breaker.IsOpen);
    }

    [Fact]
    public async Task Targets_that_fail_do_not_lock_out_one_whose_last_attempt_was_answered()
    {
        await using var broken = new WireServer(WireAnswer.Json("", 500));
        await using var working = new WireServer(WireAnswer.Json("""{"jobs": [], "total_count": 0}"""));
        using var failing = Client(broken);
        using var answered = Client(working);
        await FailAsync(failing, times: 5);
        var wasOpen = _breaker.IsOpen;

        await answered.Client.ListAsync(ListingQuery.All, Token);

        Assert.True(wasOpen);
        Assert.Single(working.Requests);
        Assert.False(_breaker.IsOpen);
    }

    [Fact]
    public async Task One_answer_among_failures_keeps_it_closed()
    {
        var answers = 0;
        await using var server = new WireServer(_ => WireAnswer.Json("", answers++ == 2 ? 404 : 500));
        using var wire = Client(server);

        await FailAsync(wire, times: 6);

        Assert.False(_breaker.IsOpen);
    }

    [Fact]
    public void Endpoints_have_a_breaker_each_whatever_their_path()
    {
        var breakers = new EndpointBreakers(_time);

        Assert.Same(breakers.For(new Uri("https://a.example")), breakers.For(new Uri("https://A.example:443/v3")));
        Assert.NotSame(breakers.For(new Uri("https://a.example")), breakers.For(new Uri("https://b.example")));
    }

    private WireClient Client(WireServer server) =>
        new(server.Endpoint, time: _time, with: options => options with { Breaker = _breaker });

    private static async Task<List<CloudException>> FailAsync(WireClient wire, int times)
    {
        List<CloudException> exceptions = [];
        for (var poll = 0; poll < times; poll++)
        {
            exceptions.Add(await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token)));
        }

        return exceptions;
    }
}
