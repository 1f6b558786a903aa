namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>People are told once by a cluster of Alertmanagers, of which some may be away.</summary>
public sealed class AlertmanagerClusterTests
{
    [Fact]
    public async Task One_of_a_cluster_that_is_down_delays_nobody_and_fires_nothing_anew_when_it_returns()
    {
        var (first, second) = await RealAlertmanager.StartPairAsync();
        await using var _ = first;
        await using var __ = second;
        await using var watched = await WatchedCloud.StartAsync(RealAlertmanager.ReceiverAt([first.Address, second.Address]));

        await second.StopAsync();
        var ended = await watched.FailAsync("ended");
        await first.People.TellsAsync(ended.JobId, "firing");
        await watched.RepairAsync(ended);
        await first.People.TellsAsync(ended.JobId, "firing", "resolved");
        var fires = await watched.FailAsync("fires");
        await first.People.TellsAsync(fires.JobId, "firing");
        await watched.PollsOnAsync(2);
        await second.StartAgainAsync();

        await second.KnowsAsync(fires.JobId);
        await watched.RepairAsync(fires);
        await first.People.TellsAsync(fires.JobId, "firing", "resolved");
        await first.KnowsAsync();
        await second.KnowsAsync();
        Assert.Equal(["firing", "resolved"], first.People.Of(ended.JobId));
        Assert.Equal(["firing", "resolved"], first.People.Of(fires.JobId));
    }
}
