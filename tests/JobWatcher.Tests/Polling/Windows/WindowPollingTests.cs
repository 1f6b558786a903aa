using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Tests.Reporting.Metrics;
using Serilog.Events;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling.Windows;

/// <summary>Rules L3 and L4 of the protocol, poll by poll.</summary>
public sealed class WindowPollingTests : IDisposable
{
    private readonly WatchRig _rig = new();

    private DateTimeOffset? LastStart => _rig.Client.Queries[^1].StartTime;

    private IEnumerable<bool> Fulls => _rig.Client.Queries.Select(query => query.StartTime is null);

    private bool WasFull => LastStart is null;

    [Fact]
    public async Task After_the_first_listing_polls_go_by_window_from_the_bookmark_on()
    {
        await _rig.BaselineAsync();
        await _rig.PollNextAsync();
        await _rig.PollNextAsync();

        Assert.Equal(
            [null, Noon - _rig.Target.Overlap, Noon + Interval - _rig.Target.Overlap],
            _rig.Client.Queries.Select(query => query.StartTime));
    }

    [Fact]
    public async Task A_restart_goes_on_from_the_stored_bookmark()
    {
        await _rig.BaselineAsync();
        await _rig.PollNextAsync();
        _rig.Restart();

        await _rig.PollNextAsync();

        Assert.Equal(Noon + Interval - _rig.Target.Overlap, LastStart);
    }

    [Fact]
    public async Task A_listing_that_was_not_read_to_its_end_leaves_the_bookmark_where_it_was()
    {
        await _rig.BaselineAsync();
        _rig.Client.Lists(Incomplete() with { CloudTime = Noon + Interval });
        await _rig.PollAgainAsync();

        await _rig.PollNextAsync();

        Assert.Equal(Noon - _rig.Target.Overlap, LastStart);
    }

    [Fact]
    public async Task A_poll_that_fails_leaves_it_too_and_the_next_window_covers_the_outage()
    {
        await _rig.BaselineAsync();
        _rig.Client.Fails();
        await _rig.PollAgainAsync();
        _rig.Time.Advance(TimeSpan.FromMinutes(20));

        await _rig.PollNextAsync();
        await _rig.PollNextAsync();

        Assert.Equal(
            [Noon - _rig.Target.Overlap, Noon.AddMinutes(20) + (2 * Interval) - _rig.Target.Overlap],
            _rig.Client.Queries.TakeLast(2).Select(query => query.StartTime));
    }

    [Fact]
    public async Task A_date_that_is_wrong_for_once_skips_nothing()
    {
        await _rig.BaselineAsync();
        _rig.Client.Lists(Complete() with { CloudTime = Noon.AddDays(1) });
        await _rig.PollAgainAsync();
        var afterWrong = _rig.Store.Target("prod").Bookmark;

        await _rig.PollNextAsync();

        Assert.Equal(Noon + Interval + TimeSpan.FromMinutes(1), afterWrong);
        Assert.Equal(Noon + (2 * Interval), _rig.Store.Target("prod").Bookmark);
    }

    [Fact]
    public async Task The_watchers_own_clock_plays_no_part()
    {
        var clock = new SettableTime(Noon);
        using var rig = new WatchRig(time: clock);
        await rig.BaselineAsync();
        foreach (var error in new[] { -1000, 2000 })
        {
            clock.Set(TimeSpan.FromDays(error));
            rig.Client.Lists(Complete() with { CloudTime = Noon + Interval });
            await rig.PollAgainAsync();
        }

        Assert.Equal(
            [null, Noon - rig.Target.Overlap, Noon + Interval - rig.Target.Overlap],
            rig.Client.Queries.Select(query => query.StartTime));
    }

    [Fact]
    public async Task After_a_restart_the_time_that_passed_is_not_known_and_a_date_alone_moves_it_by_a_minute()
    {
        await _rig.BaselineAsync();
        _rig.Restart();
        _rig.Time.Advance(TimeSpan.FromMinutes(30));

        await _rig.PollNextAsync();

        Assert.Equal(Noon.AddMinutes(1), _rig.Store.Target("prod").Bookmark);
    }

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
    public async Task After_a_restart_one_window_tells_the_clouds_time_and_the_full_listing_follows_if_it_is_due()
    {
        await _rig.BaselineAsync();
        _rig.Restart();
        await _rig.PollNextAsync();
        await _rig.PollNextAsync();
        _rig.Restart();
        _rig.Time.Advance(_rig.Target.FullListingEvery);

        await _rig.PollNextAsync();
        await _rig.PollNextAsync();

        Assert.Equal([true, false, false, false, true], Fulls);
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
        Assert.Equal(1, TargetSamples.Of(_rig.Watch, unreported: 0).Of(Families.WindowsUnreliable).Single().Value);
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

    [Fact]
    public async Task An_open_job_before_the_window_is_looked_up_until_it_ends()
    {
        ImmediateJob[] jobs =
        [
            Job("old", JobStatus.Running, Noon.AddDays(-2)),
            .. Enumerable.Range(0, 200).Select(number => Job($"ended-{number}", JobStatus.Completed, Noon.AddDays(-1), Noon.AddDays(-1))),
        ];
        await _rig.BaselineAsync(jobs);
        _rig.Client.LookUps["old"] = new LookUp(LookUpVerdict.Found, jobs[0] with { Status = JobStatus.Failed });

        await _rig.PollNextAsync();
        await _rig.PollNextAsync();

        Assert.Equal(Noon + Interval - _rig.Target.Overlap, LastStart);
        Assert.Equal(["Find old"], Finds());
        Assert.Equal("Running", Assert.Single(_rig.Store.Log).Transition.From.Value);
    }

    [Fact]
    public async Task A_look_up_in_vain_puts_the_job_to_the_list()
    {
        var old = Job("old", JobStatus.Running, Noon.AddDays(-2));
        await _rig.BaselineAsync([old, .. Enumerable.Range(0, 200).Select(number =>
            Job($"ended-{number}", JobStatus.Completed, Noon.AddDays(-1), Noon.AddDays(-1)))]);
        await _rig.PollNextAsync();

        await _rig.PollNextAsync(old);

        Assert.Equal(old.CreatedTime, LastStart);
        Assert.Equal(["Find old"], Finds());
    }

    [Fact]
    public async Task A_step_back_is_looked_up_by_the_next_poll_and_counts_when_that_shows_it_again()
    {
        await _rig.BaselineAsync(Job("a", JobStatus.Failed, BeforeNoon, BeforeNoon));
        await _rig.PollNextAsync(Running());
        Assert.Empty(Finds());
        _rig.Client.LookUps["a"] = new LookUp(LookUpVerdict.Found, Running());

        await _rig.PollNextAsync();

        Assert.Equal(["Find a"], Finds());
        Assert.Equal((JobStatus.Failed, JobStatus.Running), (_rig.Store.Log[0].Transition.From, _rig.Store.Log[0].Transition.To));
    }

    public void Dispose() => _rig.Dispose();

    private IEnumerable<string> Finds() => _rig.Journal.Where(call => call.StartsWith("Find", StringComparison.Ordinal));

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
