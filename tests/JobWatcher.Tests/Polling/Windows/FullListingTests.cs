using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Tests.Reporting.Metrics;
using Serilog.Events;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling.Windows;

/// <summary>Rule L4 of the protocol, poll by poll.</summary>
public sealed class FullListingTests : IDisposable
{
    private readonly WatchRig _rig = new();

    private DateTimeOffset? LastStart => _rig.Client.Queries[^1].StartTime;

    private IEnumerable<bool> Fulls => _rig.Client.Queries.Select(query => query.StartTime is null);

    private bool WasFull => LastStart is null;

    [Fact]
    public async Task A_full_listing_comes_each_time_that_the_last_one_is_so_far_back()
    {
        await _rig.BaselineAsync();
        await _rig.PollNextAsync();
        _rig.Time.Advance(_rig.Target.FullListingEvery - (3 * Interval));
        await _rig.PollNextAsync();
        Assert.False(WasFull);

        await _rig.PollNextAsync();
        Assert.True(WasFull);
        await _rig.PollNextAsync();
        Assert.False(WasFull);
    }

    [Fact]
    public async Task A_full_listing_that_does_not_add_up_is_tried_again_by_the_next_poll()
    {
        await _rig.BaselineAsync();
        _rig.Time.Advance(_rig.Target.FullListingEvery);
        _rig.Client.Lists(Incomplete() with { CloudTime = Noon + _rig.Target.FullListingEvery });
        await _rig.PollAgainAsync();

        await _rig.PollNextAsync();

        Assert.Equal([true, true, true], Fulls);
    }

    [Fact]
    public async Task After_a_restart_the_first_window_tells_the_clouds_time_and_a_full_listing_that_is_due_follows_at_once()
    {
        await _rig.BaselineAsync();
        _rig.Restart();
        await _rig.PollNextAsync();
        _rig.Restart();
        _rig.Time.Advance(_rig.Target.FullListingEvery);

        await _rig.PollNextAsync();

        Assert.Equal([true, false, false, true], Fulls);
    }

    [Fact]
    public async Task After_an_outage_of_the_watcher_one_full_listing_is_enough()
    {
        await _rig.BaselineAsync();
        _rig.Restart();
        _rig.Time.Advance(TimeSpan.FromDays(3));

        await _rig.PollNextAsync();
        await _rig.PollNextAsync();
        await _rig.PollNextAsync();

        Assert.Equal([true, false, true, false, false], Fulls);
    }

    [Fact]
    public async Task A_full_listing_that_shows_what_a_window_should_have_shown_ends_windows_and_is_told_once()
    {
        await HideAsync("a", "b");

        var told = _rig.Log.Single("WindowsUnreliable");
        Assert.Equal(LogEventLevel.Warning, told.Level);
        Assert.Contains("shows the job a as Running", told.RenderMessage(), StringComparison.Ordinal);
        Assert.NotNull(_rig.Store.Target("prod").WindowsUnreliableSince);
        Assert.Equal(2, _rig.Store.Log.Count);
        Assert.Equal(1, TargetSamples.Of(_rig.Watch, unreported: 0).Of(MetricFamilies.WindowsUnreliable).Single().Value);
        await _rig.PollAgainAsync();
        Assert.True(WasFull);
        _rig.Restart();
        await _rig.PollAgainAsync();
        Assert.True(WasFull);
    }

    [Fact]
    public async Task The_windows_are_tried_again_after_a_week()
    {
        await HideAsync("a");
        _rig.Time.Advance(TimeSpan.FromDays(7));
        await _rig.PollNextAsync(Running());
        Assert.True(WasFull);

        await _rig.PollNextAsync(Running());

        Assert.False(WasFull);
        Assert.Null(_rig.Store.Target("prod").WindowsUnreliableSince);
        _rig.Log.Single("WindowsTriedAgain");
    }

    [Fact]
    public async Task A_server_that_refuses_windows_is_listed_whole_by_the_same_poll()
    {
        await _rig.BaselineAsync();
        _rig.Client.RefusesWindows = true;

        var outcome = await _rig.PollNextAsync(Job("a", JobStatus.Running, Noon.AddSeconds(10)));

        Assert.Equal(PollOutcome.Success, outcome);
        Assert.Single(_rig.Store.Log);
        _rig.Log.Single("WindowsUnreliable");
        await _rig.PollAgainAsync();
        Assert.Equal(4, _rig.Client.Queries.Count);
    }

    [Fact]
    public async Task What_windows_fall_short_of_says_nothing_about_full_listings()
    {
        await _rig.BaselineAsync(Job("a", JobStatus.Running, Noon));
        _rig.Client.Lists(Incomplete() with { CloudTime = Noon });
        await _rig.PollAgainAsync();
        await _rig.PollAgainAsync();
        _rig.Time.Advance(_rig.Target.FullListingEvery);

        await _rig.PollAgainAsync();

        Assert.True(WasFull);
        Assert.Equal(0, _rig.Watch.State.Snapshot.Jobs["a"].Missed);
    }

    [Fact]
    public async Task A_full_listing_each_hour_does_not_count_as_what_a_poll_costs()
    {
        var requests = 20;
        _rig.Client.Answer = _ =>
        {
            for (var request = 0; request < requests; request++)
            {
                _rig.Watch.Calls.Count(new ApiCall(ImmediateJobsClient.Operation, 200));
            }

            return Task.FromResult(Complete() with { CloudTime = _rig.Time.GetUtcNow() });
        };
        await _rig.PollAsync();
        var first = _rig.Watch.RequestsAPoll;
        requests = 2;
        await _rig.PollAgainAsync();
        var window = _rig.Watch.RequestsAPoll;
        requests = 20;
        _rig.Time.Advance(_rig.Target.FullListingEvery);
        await _rig.PollAgainAsync();

        Assert.True(WasFull);
        Assert.Equal((1, 2, 2), (first, window, _rig.Watch.RequestsAPoll));
    }

    [Fact]
    public async Task Where_each_poll_is_a_full_listing_they_count()
    {
        using var rig = new WatchRig(WatchRig.TargetNamed("prod") with { FullListingEvery = Interval });
        rig.Client.Answer = _ =>
        {
            rig.Watch.Calls.Count(new ApiCall(ImmediateJobsClient.Operation, 200));
            rig.Watch.Calls.Count(new ApiCall(ImmediateJobsClient.Operation, 200));
            return Task.FromResult(Complete() with { CloudTime = rig.Time.GetUtcNow() });
        };

        await rig.PollAsync();
        await rig.PollAgainAsync();

        Assert.Equal(2, rig.Watch.RequestsAPoll);
    }

    public void Dispose() => _rig.Dispose();

    /// <summary>Windows show no job for an hour; then a full listing shows those that came at its beginning.</summary>
    private async Task HideAsync(params string[] ids)
    {
        await _rig.BaselineAsync();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            _rig.Time.Advance(_rig.Target.FullListingEvery / 2.5);
            await _rig.PollNextAsync();
        }

        _rig.Time.Advance(_rig.Target.FullListingEvery / 2.5);
        await _rig.PollNextAsync([.. ids.Select(id => Job(id, JobStatus.Running, Noon.AddMinutes(1)))]);
    }
}
