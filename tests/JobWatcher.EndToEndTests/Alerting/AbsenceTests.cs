namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>Who is away for several resends makes no alert end and none fire anew.</summary>
public sealed class AbsenceTests
{
    private static readonly TimeSpan SixResends = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    private static bool IsLong => Environment.GetEnvironmentVariable("JOBWATCHER_LONG_TESTS") is "1";

    [Fact]
    public Task A_watcher_that_is_away_for_six_resends_ends_nothing_and_fires_nothing_anew() => MissWatcherAsync(SixResends);

    [Fact]
    public Task A_watcher_that_is_away_for_ten_minutes_ends_nothing_and_fires_nothing_anew()
    {
        Assert.SkipUnless(IsLong, "Long: JOBWATCHER_LONG_TESTS=1 runs it.");
        return MissWatcherAsync(TenMinutes);
    }

    [Fact]
    public Task An_Alertmanager_that_is_away_for_six_resends_tells_what_it_missed_once() => MissAlertmanagerAsync(SixResends);

    [Fact]
    public Task An_Alertmanager_that_is_away_for_ten_minutes_tells_what_it_missed_once()
    {
        Assert.SkipUnless(IsLong, "Long: JOBWATCHER_LONG_TESTS=1 runs it.");
        return MissAlertmanagerAsync(TenMinutes);
    }

    private static async Task MissWatcherAsync(TimeSpan absence)
    {
        await using var alertmanager = await RealAlertmanager.StartAsync();
        await using var watched = await WatchedCloud.StartAsync(alertmanager.Receiver());
        var failed = await watched.FailAsync();
        await alertmanager.People.TellsAsync(failed.JobId, "firing");

        await watched.Watcher.Program.KillAsync();
        await Task.Delay(absence);
        await alertmanager.KnowsAsync(failed.JobId);
        Assert.Equal(["firing"], alertmanager.People.Of(failed.JobId));
        await watched.Watcher.StartAgainAsync();
        await watched.PollsOnAsync(2);
        await watched.Watcher.ShowsAsync(scrape => Assert.InRange(scrape.Sum("jobwatcher_notifications_total"), 2, double.MaxValue));

        await alertmanager.KnowsAsync(failed.JobId);
        Assert.Equal(["firing"], alertmanager.People.Of(failed.JobId));
        await watched.RepairAsync(failed);
        await alertmanager.People.TellsAsync(failed.JobId, "firing", "resolved");
    }

    private static async Task MissAlertmanagerAsync(TimeSpan absence)
    {
        await using var alertmanager = await RealAlertmanager.StartAsync();
        await using var watched = await WatchedCloud.StartAsync(alertmanager.Receiver());
        var before = await watched.FailAsync("before");
        await alertmanager.People.TellsAsync(before.JobId, "firing");

        await alertmanager.StopAsync();
        var ended = await watched.FailAsync("ended");
        await watched.RepairAsync(ended);
        var fires = await watched.FailAsync("fires");
        await Task.Delay(absence);
        await watched.PollsOnAsync(2);
        await alertmanager.StartAgainAsync();

        await alertmanager.People.TellsAsync(ended.JobId, "firing", "resolved");
        await alertmanager.People.TellsAsync(fires.JobId, "firing");
        await alertmanager.KnowsAsync(before.JobId, fires.JobId);
        Assert.Equal(["firing"], alertmanager.People.Of(before.JobId));
    }
}
