using JobWatcher.Alerts;
using JobWatcher.Storage;
using static JobWatcher.Tests.Storage.Make;

namespace JobWatcher.Tests.Storage;

/// <summary>Alerts that the store keeps no longer.</summary>
public sealed class AlertRetentionTests : IAsyncDisposable
{
    private readonly TempStore _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task C5_Retention_takes_alerts_that_ended_before_it_and_were_told()
    {
        var store = await _folder.OpenAsync();
        await store.ReadTargetAsync();
        var (told, untold, firing) = (FailedAlert("a"), FailedAlert("b"), FailedAlert("c"));
        await store.CommitAlertsAsync(Target, version: null, _ => new AlertChanges([told, untold, firing], [End(told), End(untold)]), Token);
        await store.MarkToldAsync(
            [new UntoldAlert(End(told), IsStartTold: true), new UntoldAlert(firing, IsStartTold: true)], Token);

        await store.PruneLogAsync(Target, Noon.AddHours(1), afterSequence: 0, length: 10, Token);
        Assert.Equal(3, (await store.ReadAlertsAsync(DateTimeOffset.UnixEpoch, Token)).Count);
        await store.PruneLogAsync(Target, Noon.AddHours(2), afterSequence: 0, length: 10, Token);

        Assert.Equal(["b", "c"], (await store.ReadAlertsAsync(DateTimeOffset.UnixEpoch, Token)).Select(alert => alert.Key.JobId).Order());
    }

    [Fact]
    public async Task C5_Retention_finds_the_alerts_of_a_target_whose_project_was_never_found()
    {
        var store = await _folder.OpenAsync();
        var key = new AlertKey("unfound", AlertName.TargetUnreachable, "");
        var alert = FailedAlert("a") with { Id = AlertId.Of(key, Noon), Key = key, Job = null };
        await store.CommitAlertsAsync("unfound", version: null, _ => new AlertChanges([alert], [End(alert)]), Token);
        await store.MarkToldAsync([new UntoldAlert(End(alert), IsStartTold: true)], Token);

        foreach (var target in await store.ReadTargetNamesAsync(Token))
        {
            await store.PruneLogAsync(target, Noon.AddHours(2), afterSequence: 0, length: 10, Token);
        }

        Assert.Empty(await store.ReadAlertsAsync(DateTimeOffset.UnixEpoch, Token));
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    private static Alert End(Alert alert) => alert.Ended(EndReason.Completed, Noon.AddMinutes(30), Noon.AddHours(1));
}
