using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Tests.Polling;
using static JobWatcher.Tests.Alerting.AlertRig;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Alerting;

/// <summary>Rules A4 and A9: what a wrong <c>Date</c> does to alerts, and a cloud whose clock is another.</summary>
public sealed class WrongDateTests : IDisposable
{
    private static readonly ImmediateJob Open = Job("s", JobStatus.Running, Noon);

    private readonly AlertRig _alerts = new();

    private WatchRig Rig => _alerts.Rig;

    [Fact]
    public async Task One_that_is_ahead_ends_nothing_and_makes_nothing_stuck()
    {
        await _alerts.PollAsync(Fails("a"), Open);

        await PollAsync(TimeSpan.FromDays(2), Fails("a"), Open);
        await PollAsync(TimeSpan.Zero, Fails("a"), Open);

        Assert.Equal(["JobFailed a"], _alerts.Told);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_is_behind_makes_no_status_old_and_no_failure_over(bool isSeenFirstByANewProcess)
    {
        await _alerts.PollAsync(Open with { Status = JobStatus.Pending });
        if (isSeenFirstByANewProcess)
        {
            _alerts.Restart(target: null);
        }

        await PollAsync(TimeSpan.FromDays(-1), Fails("a"), Open);
        await PollAsync(TimeSpan.Zero, Fails("a"), Open);

        Assert.Equal(["JobFailed a"], _alerts.Told);
        Assert.Equal(Noon.AddMinutes(2), Rig.Board.All.Single().ObservedTime, Interval * 3);
    }

    [Fact]
    public async Task On_one_page_of_many_it_counts_as_little_however_often_it_comes()
    {
        await _alerts.PollAsync(Fails("a"), Open);

        for (var poll = 0; poll < 180; poll++)
        {
            await PollAsync(TimeSpan.Zero, TimeSpan.FromDays(2), Fails("a"), Open);
        }

        Assert.Equal(["JobFailed a"], _alerts.Told);
    }

    [Fact]
    public async Task One_that_a_new_process_sees_first_ends_nothing()
    {
        await _alerts.PollAsync(Fails("a"), Open);
        _alerts.Restart(target: null);

        await PollAsync(TimeSpan.FromDays(2), Fails("a"), Open);
        await PollAsync(TimeSpan.Zero, Fails("a"), Open);

        Assert.Equal(["JobFailed a"], _alerts.Told);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_cloud_whose_clock_is_hours_off_is_believed_after_ten_minutes_and_at_once_by_each_process_after_that(int hours)
    {
        var ahead = TimeSpan.FromHours(hours);
        var stuck = Job("s", JobStatus.Running, Rig.Time.GetUtcNow() + ahead - TimeSpan.FromHours(3));
        await PollAsync(ahead, stuck);
        Rig.Time.Advance(TimeSpan.FromMinutes(9));
        await PollAsync(ahead, stuck);
        Assert.Empty(_alerts.Told);
        Rig.Time.Advance(TimeSpan.FromMinutes(1));

        await PollAsync(ahead, stuck);
        Assert.Equal(["JobStuck s"], _alerts.Told);
        _alerts.Restart(target: null);
        await PollAsync(ahead, stuck, stuck with { JobId = "t" });

        Assert.Equal(["JobStuck s", "JobStuck t"], _alerts.Told);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_cloud_whose_clock_is_an_hour_off_is_believed_by_each_process_after_the_first_though_each_polls_once(int hours)
    {
        var ahead = TimeSpan.FromHours(hours);
        await PollAsync(ahead);
        Assert.Null(Rig.Watch.State.Cloud);

        for (var process = 0; process < 5; process++)
        {
            _alerts.Restart(target: null);
            Rig.Time.Advance(TimeSpan.FromMinutes(10));
            await PollAsync(ahead);

            Assert.Equal(Rig.Time.GetUtcNow() + ahead, Rig.Watch.State.Cloud?.Now(Rig.Time));
        }
    }

    [Fact]
    public async Task The_first_date_of_a_slow_listing_is_not_believed_because_our_own_clock_is_as_late()
    {
        Assert.Null(await PollSlowlyAsync(minutes: 25, ahead: 30));

        Assert.Equal(TimeSpan.FromMinutes(30), await PollSlowlyAsync(minutes: 25, ahead: 30));
    }

    [Fact]
    public async Task The_dates_of_slow_listings_do_not_contradict_each_other()
    {
        var ahead = new List<TimeSpan?>();
        for (var poll = 0; poll < 20; poll++)
        {
            ahead.Add(await PollSlowlyAsync(minutes: 2, ahead: 30));
        }

        Assert.All(ahead.Take(5), Assert.Null);
        Assert.All(ahead.Skip(5), known => Assert.Equal(TimeSpan.FromMinutes(30), known));
    }

    [Fact]
    public async Task What_is_believed_goes_on_when_the_targets_configuration_changes()
    {
        await PollAsync(TimeSpan.Zero);
        var after = Rig.Another(Rig.Client);
        after.GoOnFrom(Rig.Watch);
        Rig.Client.Lists(Complete() with { CloudTime = Rig.Time.GetUtcNow().AddDays(2) });

        await after.PollAsync(WatchRig.Token);

        Assert.Equal(Rig.Time.GetUtcNow(), after.State.Cloud?.Now(Rig.Time));
    }

    public void Dispose() => _alerts.Dispose();

    private Task PollAsync(TimeSpan ahead, params IReadOnlyList<ImmediateJob> jobs) => PollAsync(ahead, ahead, jobs);

    // A poll half a minute later, whose pages' dates are so far ahead of our own clock, and a look at the alerts.
    private async Task PollAsync(TimeSpan earliest, TimeSpan latest, params IReadOnlyList<ImmediateJob> jobs)
    {
        Rig.Time.Advance(Interval);
        var now = Rig.Time.GetUtcNow();
        Rig.Client.Lists(Complete(jobs) with { CloudTime = now + earliest, LatestCloudTime = now + latest });
        await Rig.PollAsync();
        await _alerts.LookAsync();
    }

    // A poll whose listing takes so many minutes, of a cloud that is so many ahead of our own clock.
    private async Task<TimeSpan?> PollSlowlyAsync(double minutes, double ahead)
    {
        Rig.Client.Answer = _ =>
        {
            var began = Rig.Time.GetUtcNow().AddMinutes(ahead);
            Rig.Time.Advance(TimeSpan.FromMinutes(minutes));
            return Task.FromResult(
                Complete() with { CloudTime = began, LatestCloudTime = began.AddMinutes(minutes) });
        };
        await Rig.PollAsync();
        return Rig.Watch.State.Cloud?.Now(Rig.Time) - Rig.Time.GetUtcNow();
    }
}
