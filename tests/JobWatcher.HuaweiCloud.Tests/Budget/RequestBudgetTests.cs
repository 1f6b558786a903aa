using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.Isolation;
using JobWatcher.HuaweiCloud.Tests.Wire;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.HuaweiCloud.Tests.Budget;

/// <summary>What a budget does to requests over a real socket.</summary>
public sealed class RequestBudgetTests : IDisposable
{
    private const string Empty = """{"jobs": [], "total_count": 0}""";

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    // Long, since the clients of a test jump over waits on one clock.
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromDays(1);

    private readonly SkippingTime _time = new(RequestTimeout);
    private readonly IpBudget _address;

    public RequestBudgetTests() => _address = new IpBudget(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _address.Dispose();

    [Fact]
    public async Task Requests_beyond_the_budget_wait_and_the_wait_is_none_of_the_polls_time()
    {
        await using var server = new WireServer(WireAnswer.Json(Empty));
        using var limits = new EntryLimits(new RequestRate(20, Period), 4, _address, _time);
        var clock = new PollClock(_time);
        using var wire = Client(server, limits, clock);
        using var limit = clock.Start(TimeSpan.FromSeconds(1), Token);
        var started = _time.GetTimestamp();

        for (var poll = 0; poll < 12; poll++)
        {
            await wire.Client.ListAsync(ListingQuery.All, limit.Token);
        }

        Assert.Equal(12, server.Requests.Count);
        Assert.InRange(_time.GetElapsedTime(started), 10 * (Period / 18), 10 * (Period / 18) + TimeSpan.FromSeconds(1));
        Assert.InRange(clock.Waited, 10 * (Period / 18), _time.GetElapsedTime(started));
        Assert.False(limit.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task Entries_do_not_share_a_budget_but_targets_of_one_do()
    {
        await using var server = new WireServer(WireAnswer.Json(Empty));
        using var one = new EntryLimits(new RequestRate(10, Period), 4, _address, _time);
        using var other = new EntryLimits(new RequestRate(10, Period), 4, _address, _time);
        using var first = Client(server, one);
        using var second = Client(server, one);
        using var third = Client(server, other);

        await first.Client.ListAsync(ListingQuery.All, Token);
        await third.Client.ListAsync(ListingQuery.All, Token);
        var waitsOfOthers = _time.Waits.Count;
        await second.Client.ListAsync(ListingQuery.All, Token);

        Assert.Equal(0, waitsOfOthers);
        Assert.NotEmpty(_time.Waits);
    }

    [Fact]
    public async Task A_limit_told_for_the_user_becomes_that_of_the_entry()
    {
        var answers = 0;
        await using var server = new WireServer(_ => ++answers == 1 ? Throttled("policy user over ratelimit,limit:100,time:5 minute") : WireAnswer.Json(Empty));
        using var limits = new EntryLimits(new RequestRate(200, Period), 4, _address, _time);
        using var wire = Client(server, limits);

        await wire.Client.ListAsync(ListingQuery.All, Token);

        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(new RequestRate(100, Period), limits.Budget.Rate);
        Assert.Null(_address.Rate);
    }

    [Fact]
    public async Task A_limit_told_for_the_address_binds_all_entries()
    {
        var answers = 0;
        await using var server = new WireServer(_ => ++answers == 1 ? Throttled("policy ip over ratelimit,limit:2,time:10 second") : WireAnswer.Json(Empty));
        using var one = new EntryLimits(new RequestRate(200, Period), 4, _address, _time);
        using var other = new EntryLimits(new RequestRate(200, Period), 4, _address, _time);
        using var first = Client(server, one);
        using var second = Client(server, other);

        await first.Client.ListAsync(ListingQuery.All, Token);
        var started = _time.GetTimestamp();
        await second.Client.ListAsync(ListingQuery.All, Token);

        Assert.Equal(new RequestRate(2, TimeSpan.FromSeconds(10)), _address.Rate);
        Assert.Equal(200, one.Budget.Rate.Requests);
        Assert.InRange(_time.GetElapsedTime(started), TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(11));
    }

    [Fact]
    public async Task A_storm_of_429_loses_no_listing_and_slows_down_to_what_is_told()
    {
        // A server that counts in fixed periods, as gateways do, and allows less than is configured.
        var window = -1L;
        var used = 0;
        var refused = 0;
        var gate = new Lock();
        await using var server = new WireServer(_ =>
        {
            lock (gate)
            {
                var now = _time.GetUtcNow().ToUnixTimeSeconds() / 300;
                (window, used) = now == window ? (window, used + 1) : (now, 1);
                refused += used > 50 ? 1 : 0;
                return used > 50 ? Throttled("policy user over ratelimit,limit:50,time:5 minute") : WireAnswer.Json(Empty);
            }
        });
        using var limits = new EntryLimits(new RequestRate(200, Period), 8, _address, _time);
        var clients = Enumerable.Range(0, 4).Select(_ => Client(server, limits)).ToList();

        var failed = 0;
        await Task.WhenAll(clients.Select(async wire =>
        {
            for (var poll = 0; poll < 100; poll++)
            {
                try
                {
                    await wire.Client.ListAsync(ListingQuery.All, Token);
                }
                catch (CloudException)
                {
                    Interlocked.Increment(ref failed);
                }
            }
        }));

        clients.ForEach(wire => wire.Dispose());
        Assert.Equal(server.Requests.Count, clients.Sum(wire => wire.Calls.Count));
        Assert.InRange(failed, 0, 20);
        Assert.InRange(refused, 1, 60);
    }

    [Fact]
    public async Task Who_waits_for_a_token_can_be_cancelled_and_the_next_one_gets_it()
    {
        var time = new FakeTimeProvider();
        using var address = new IpBudget(time);
        using var budget = new RequestBudget(new RequestRate(1, Period), address, time);
        using var cancel = new CancellationTokenSource();
        await budget.TakeAsync(Token);
        var impatient = budget.TakeAsync(cancel.Token).AsTask();
        var patient = budget.TakeAsync(Token).AsTask();

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        var before = patient.IsCompleted;
        time.Advance(Period + TimeSpan.FromSeconds(1));
        await patient;

        Assert.False(before);
    }

    [Fact]
    public async Task Tokens_go_to_those_who_came_first()
    {
        var time = new FakeTimeProvider();
        using var address = new IpBudget(time);
        using var budget = new RequestBudget(new RequestRate(10, Period), address, time);
        await budget.TakeAsync(Token);
        List<int> order = [];
        var waiting = Enumerable.Range(0, 5).Select(Wait).ToList();

        while (!Task.WhenAll(waiting).IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal([0, 1, 2, 3, 4], order);

        async Task Wait(int number)
        {
            await budget.TakeAsync(Token);
            lock (order)
            {
                order.Add(number);
            }
        }
    }

    [Fact]
    public async Task Full_listings_of_an_entry_go_one_at_a_time_while_the_clocks_of_the_others_stand_still()
    {
        var time = new FakeTimeProvider();
        using var turn = new FullListingTurn();
        var clock = new PollClock(time);
        var first = await turn.TakeAsync(new PollClock(time), Token);
        var second = turn.TakeAsync(clock, Token).AsTask();

        time.Advance(Period);
        var isInWhileFirst = second.IsCompleted;
        first.Dispose();
        (await second).Dispose();
        time.Advance(Period);

        Assert.False(isInWhileFirst);
        Assert.Equal(Period, clock.Waited);
    }

    [Fact]
    public async Task A_turn_that_takes_long_because_the_cloud_holds_it_back_is_no_wait_of_our_own()
    {
        var time = new FakeTimeProvider();
        using var address = new IpBudget(time);
        using var limits = new EntryLimits(new RequestRate(200, Period), 4, address, time);
        var clock = new PollClock(time);
        var first = await limits.FullListings.TakeAsync(new PollClock(time), Token);
        var second = limits.FullListings.TakeAsync(clock, Token).AsTask();

        limits.Budget.Learn(new CloudException(CloudFault.Throttled, "Too many.") { HttpStatus = 429, RetryAfter = Period / 2 });
        time.Advance(Period);
        first.Dispose();
        (await second).Dispose();

        Assert.Equal((Period, Period / 2), (clock.Waited, clock.WaitedForOurselves));
    }

    private static WireAnswer Throttled(string policy) => WireAnswer.Json(
        $$"""{"error_code": "APIGW.0308", "error_msg": "The throttling threshold has been reached: {{policy}}"}""", 429);

    private WireClient Client(WireServer server, EntryLimits limits, PollClock? clock = null) =>
        new(server.Endpoint, time: _time, timeout: RequestTimeout, with: options => options with { Limits = limits, Clock = clock });
}
