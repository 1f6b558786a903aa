using JobWatcher.Alerts;
using JobWatcher.Storage;
using JobWatcher.Tests.Alerting;
using static JobWatcher.Tests.Storage.Make;

namespace JobWatcher.Tests.Storage;

/// <summary>Alerts in the store.</summary>
public class AlertRowsTests : IAsyncLifetime
{
    private readonly TempStore _folder = new();
    private IWatchStore _store = null!;
    private TargetRecord _target = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await OpenAsync(_folder);
        _target = await _store.ReadTargetAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _folder.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_alert_comes_back_as_it_was_written()
    {
        var failed = FailedAlert("a");
        var unreachable = TimedAlerts.At([], Firing.SightOf([]), isUnknown: true).Started.Single();

        await CommitAsync(_ => new AlertChanges([failed, unreachable], []));

        var read = await ReadAsync();
        Assert.Equivalent(new[] { failed, unreachable }, read, strict: true);
        Assert.Equal(failed.Job, read.Single(alert => alert.Id == failed.Id).Job);
    }

    [Fact]
    public async Task C1_A_poll_that_the_fence_refuses_changes_no_alert()
    {
        await CommitAsync(_ => new AlertChanges([FailedAlert("a")], []));

        var result = await _store.CommitAsync(new PollCommit
        {
            Target = _target, Alerts = _ => new AlertChanges([FailedAlert("b")], []),
        });

        Assert.Null(result.Target);
        Assert.Equal(["JobFailed a"], (await ReadAsync()).Select(alert => alert.Tell()));
    }

    [Fact]
    public async Task C3_A_commit_decides_from_the_alerts_that_the_store_holds()
    {
        await CommitAsync(_ => new AlertChanges([FailedAlert("a"), FailedAlert("b")], []));
        await CommitAsync(firing => new AlertChanges([], [End(firing.Single(alert => alert.Key.JobId == "a"))]));

        IReadOnlyList<Alert> seen = [];
        await _store.CommitAlertsAsync(Target, version: null, firing => Note(firing, out seen), Token);

        Assert.Equal(["JobFailed b"], seen.Select(alert => alert.Tell()));
        Assert.Equal(["JobFailed a completed", "JobFailed b"], (await ReadAsync()).Select(alert => alert.Tell()).Order());
    }

    [Fact]
    public async Task C3_What_time_changes_leaves_the_version_alone_and_is_dropped_where_a_poll_came_first()
    {
        var version = _target.Version;
        Assert.NotNull(await _store.CommitAlertsAsync(Target, version, _ => new AlertChanges([FailedAlert("a")], []), Token));
        Assert.Equal(version, (await _store.ReadTargetAsync()).Version);

        await CommitAsync(_ => AlertChanges.None);
        var late = await _store.CommitAlertsAsync(Target, version, _ => new AlertChanges([FailedAlert("b")], []), Token);

        Assert.Null(late);
        Assert.Equal(["JobFailed a"], (await ReadAsync()).Select(alert => alert.Tell()));
    }

    [Fact]
    public async Task A_target_without_a_row_can_be_unreachable()
    {
        var unreachable = TimedAlerts.At([], Firing.SightOf([]), isUnknown: true).Started.Single();

        await _store.CommitAlertsAsync("nobody", version: null, _ => new AlertChanges([unreachable], []), Token);

        Assert.Equal([unreachable.Id], (await ReadAsync()).Select(alert => alert.Id));
    }

    [Fact]
    public async Task A1_No_two_alerts_fire_under_one_key_whoever_decides_so()
    {
        await CommitAsync(_ => new AlertChanges([FailedAlert("a")], []));
        var another = FailedAlert("a") with { Id = new AlertId(new string('0', 32)) };

        await Assert.ThrowsAsync<StoreException>(() => CommitAsync(_ => new AlertChanges([another], [])));

        Assert.Single(await ReadAsync());
    }

    [Fact]
    public async Task What_ended_long_ago_is_not_read()
    {
        var alert = FailedAlert("a");
        await CommitAsync(_ => new AlertChanges([alert], [End(alert)]));

        Assert.Single(await ReadAsync(Noon.AddHours(1).AddTicks(-10_000)));
        Assert.Empty(await ReadAsync(Noon.AddHours(1)));
    }

    [Fact]
    public async Task Start_and_end_are_told_once_each()
    {
        var alert = FailedAlert("a");
        await CommitAsync(_ => new AlertChanges([alert], []));
        var start = await _store.ReadUntoldAlertsAsync(10, Token);
        await _store.MarkToldAsync(start, Token);
        Assert.Empty(await _store.ReadUntoldAlertsAsync(10, Token));

        await CommitAsync(firing => new AlertChanges([], [End(firing.Single())]));
        var end = await _store.ReadUntoldAlertsAsync(10, Token);
        await _store.MarkToldAsync(end, Token);

        Assert.Equal([(false, true), (true, false)], start.Concat(end).Select(told => (told.IsStartTold, told.Alert.IsFiring)));
        Assert.Empty(await _store.ReadUntoldAlertsAsync(10, Token));
    }

    [Fact]
    public async Task An_alert_that_ends_while_its_start_is_told_has_its_end_told_too()
    {
        await CommitAsync(_ => new AlertChanges([FailedAlert("a")], []));
        var start = await _store.ReadUntoldAlertsAsync(10, Token);
        await CommitAsync(firing => new AlertChanges([], [End(firing.Single())]));

        await _store.MarkToldAsync(start, Token);

        Assert.True((await _store.ReadUntoldAlertsAsync(10, Token)).Single().IsStartTold);
    }

    [Fact]
    public async Task What_was_shown_is_known_after_a_restart()
    {
        var alert = FailedAlert("a");
        await CommitAsync(_ => new AlertChanges([alert], []));

        await _store.MarkShownAsync([alert.Id], Token);

        Assert.True((await ReadAsync()).Single().IsShown);
    }

    private protected virtual Task<IWatchStore> OpenAsync(TempStore folder) => folder.OpenAsync();

    private static Alert End(Alert alert) => alert.Ended(EndReason.Completed, Noon.AddMinutes(30), Noon.AddHours(1));

    private static AlertChanges Note(IReadOnlyList<Alert> firing, out IReadOnlyList<Alert> seen)
    {
        seen = firing;
        return AlertChanges.None;
    }

    private async Task CommitAsync(Func<IReadOnlyList<Alert>, AlertChanges> decide)
    {
        var result = await _store.CommitAsync(new PollCommit
        {
            Target = await _store.ReadTargetAsync(), Jobs = [Snapshot()], Alerts = decide,
        });
        Assert.NotNull(result.Target);
    }

    private async Task<IReadOnlyList<Alert>> ReadAsync(DateTimeOffset? endSeenAfter = null) =>
        await _store.ReadAlertsAsync(endSeenAfter ?? Noon, Token);
}
