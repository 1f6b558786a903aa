using JobWatcher.HuaweiCloud.ImmediateJobs;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling.Windows;

/// <summary>Rule L3 of the protocol, poll by poll.</summary>
public sealed class WindowPollingTests : IDisposable
{
    private readonly WatchRig _rig = new();

    private DateTimeOffset? LastStart => _rig.Client.Queries[^1].StartTime;

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
    public async Task A_first_date_that_is_wrong_silences_nothing_that_happened_since()
    {
        _rig.Client.Lists(Complete() with { CloudTime = Noon.AddDays(1) });
        await _rig.PollAsync();

        await _rig.PollNextAsync(Job("a", JobStatus.Failed, Noon.AddSeconds(5), Noon.AddSeconds(10)));

        Assert.Equal("Failed", Assert.Single(_rig.Store.Log).Transition.To.Value);
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
}
