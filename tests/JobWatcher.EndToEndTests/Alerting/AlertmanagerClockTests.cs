namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>People are told in time by an Alertmanager whose clock is not.</summary>
public sealed class AlertmanagerClockTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_clock_that_is_minutes_off_neither_delays_nor_doubles_a_start_or_an_end(int minutes)
    {
        await using var alertmanager = await RealAlertmanager.StartAsync();
        await using var front = await TroubledFront.StartAsync(alertmanager, TimeSpan.FromMinutes(minutes));
        await using var watched = await WatchedCloud.StartAsync(RealAlertmanager.ReceiverAt([front.Address]));

        var failed = await watched.FailAsync();
        await alertmanager.People.TellsAsync(failed.JobId, "firing");
        await watched.PollsOnAsync(3);
        await alertmanager.KnowsAsync(failed.JobId);
        await watched.RepairAsync(failed);

        await alertmanager.People.TellsAsync(failed.JobId, "firing", "resolved");
        await alertmanager.KnowsAsync();
    }
}
