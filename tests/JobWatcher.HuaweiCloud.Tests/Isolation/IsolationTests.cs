using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.Isolation;
using JobWatcher.HuaweiCloud.Tests.Wire;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.HuaweiCloud.Tests.Isolation;

/// <summary>Targets of one credentials entry, most of whose servers never answer.</summary>
public sealed class IsolationTests : IDisposable
{
    private const int Slots = 32;
    private const int Hanging = 50;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly IpBudget _address;
    private readonly EntryLimits _limits;

    public IsolationTests()
    {
        _address = new IpBudget(_time);
        _limits = new EntryLimits(new RequestRate(1_000_000, TimeSpan.FromMinutes(5)), Slots, _address, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _limits.Dispose();
        _address.Dispose();
    }

    [Fact]
    public async Task More_slots_help_those_that_come_and_cost_those_that_wait_nothing()
    {
        _limits.Configure(new RequestRate(1_000_000, TimeSpan.FromMinutes(5)), 1);
        var first = await _limits.Slots.TakeAsync(hasTimedOut: false, Token);
        var waiting = _limits.Slots.TakeAsync(hasTimedOut: false, Token).AsTask();

        _limits.Configure(new RequestRate(1_000_000, TimeSpan.FromMinutes(5)), 2);

        (await _limits.Slots.TakeAsync(hasTimedOut: false, Token)).Dispose();
        Assert.False(waiting.IsCompleted);
        first.Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task Fifty_targets_that_hang_take_a_quarter_of_the_slots_and_one_that_answers_does_not_wait()
    {
        await using var silent = new WireServer(new WireAnswer([], WireEnding.Hang));
        await using var answering = new WireServer(WireAnswer.Json("""{"jobs": [], "total_count": 0}"""));
        var hanging = Enumerable.Range(0, Hanging).Select(_ => Client(silent)).ToList();
        using var wire = Client(answering);
        using var stop = new CancellationTokenSource();
        var firstPolls = hanging.Select(client => PollAsync(client, stop.Token)).ToList();
        await Eventually.TrueAsync(() => silent.Requests.Count == Slots);
        await AdvanceUntilAsync(() => firstPolls.TrueForAll(poll => poll.IsCompleted));
        var before = silent.Requests.Count;

        var nextPolls = hanging.Select(client => PollAsync(client, stop.Token)).ToList();
        await Eventually.TrueAsync(() => silent.Requests.Count == before + (Slots / 4));
        var started = _time.GetTimestamp();
        for (var poll = 0; poll < 10; poll++)
        {
            await wire.Client.ListAsync(ListingQuery.All, Token);
        }

        Assert.Equal(TimeSpan.Zero, _time.GetElapsedTime(started));
        Assert.Equal(before + (Slots / 4), silent.Requests.Count);
        Assert.Equal(10, answering.Requests.Count);
        await stop.CancelAsync();
        await Task.WhenAll(nextPolls);
        hanging.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_target_that_timed_out_has_one_attempt_until_one_is_answered()
    {
        var isSilent = true;
        await using var server = new WireServer(_ => isSilent ? new WireAnswer([], WireEnding.Hang) : WireAnswer.Json("", 500));
        using var wire = Client(server);
        List<int> attempts = [];

        foreach (var silent in new[] { true, true, false, false })
        {
            isSilent = silent;
            var before = server.Requests.Count;
            var poll = PollAsync(wire, Token);
            await AdvanceUntilAsync(() => poll.IsCompleted);
            attempts.Add(server.Requests.Count - before);
        }

        Assert.Equal([3, 1, 1, 3], attempts);
    }

    [Fact]
    public async Task At_most_the_slots_are_in_flight()
    {
        await using var silent = new WireServer(new WireAnswer([], WireEnding.Hang));
        var clients = Enumerable.Range(0, Slots + 8).Select(_ => Client(silent)).ToList();
        using var stop = new CancellationTokenSource();

        var polls = clients.Select(client => PollAsync(client, stop.Token)).ToList();
        await Eventually.TrueAsync(() => silent.Requests.Count >= Slots);
        await Task.Yield();

        Assert.Equal(Slots, silent.Requests.Count);
        await stop.CancelAsync();
        await Task.WhenAll(polls);
        clients.ForEach(client => client.Dispose());
    }

    private static async Task PollAsync(WireClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.Client.ListAsync(ListingQuery.All, cancellationToken);
        }
        catch (Exception exception) when (exception is CloudException or OperationCanceledException)
        {
            // These targets fail; what counts is what they leave to the others.
        }
    }

    private Task AdvanceUntilAsync(Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(500));
        return condition();
    });

    private WireClient Client(WireServer server) =>
        new(server.Endpoint, time: _time, timeout: RequestTimeout, with: options => options with { Limits = _limits });
}
