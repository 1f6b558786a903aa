using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
using JobWatcher.Polling.Budgets;
using JobWatcher.Polling.Clients;
using JobWatcher.Polling.Scheduling;
using JobWatcher.Polling.Targets;
using JobWatcher.Reloading;
using JobWatcher.Tests.Polling;
using JobWatcher.Tests.Snapshots;
using JobWatcher.Tests.Web;

namespace JobWatcher.Tests.Reloading;

/// <summary>What scrapes show while the last poll of a removed target does not end, over a clock that the test moves.</summary>
[Collection(nameof(ServiceRig))]
public sealed class RemovedTargetTests : IAsyncLifetime
{
    private readonly TaskCompletionSource<Listing> _answer = new();
    private ServiceRig _service = null!;

    public async ValueTask InitializeAsync() => _service = await ServiceRig.StartAsync();

    [Fact]
    public async Task It_has_no_series_any_more_while_its_poll_in_flight_ignores_that_it_is_cancelled()
    {
        await _service.Rig.BaselineAsync(Sight.Running());
        var before = await _service.ScrapeAsync();
        var poll = PollAsync();

        var change = Change().ApplyAsync(new NewWatches([], []), removed: ["prod"], all: [], WatchRig.Token);
        await Eventually.Holds(() => _service.Rig.Watch.Retirement.HasBegun);
        var meanwhile = await _service.ScrapeAsync();
        var isOver = poll.IsCompleted || change.IsCompleted;
        await Eventually.Holds(() =>
        {
            _service.Rig.Time.Advance(TimeSpan.FromSeconds(5));
            return change.IsCompleted;
        });

        Assert.False(isOver);
        Assert.NotEmpty(SeriesOf(before));
        Assert.Empty(SeriesOf(meanwhile));
        _answer.SetResult(Sight.Complete());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private static IEnumerable<string> SeriesOf(Exposition scrape) =>
        scrape.Values.Keys.Where(series => series.Contains("target=\"prod\"", StringComparison.Ordinal));

    private WatchChange Change() => new(
        _service.Get<TargetWatches>(),
        _service.Get<TargetWatchFactory>(),
        _service.Get<PollSchedule>(),
        _service.Get<PollReports>(),
        _service.Get<EntryShares>(),
        _service.Get<CloudClients>(),
        _service.Rig.Time);

    private async Task PollAsync()
    {
        _service.Rig.Client.Answer = _ => _answer.Task;
        using var turn = _service.Rig.Watch.Retirement.Begin(WatchRig.Token)!;
        await _service.Rig.Watch.PollAsync(turn.Token);
    }
}
