using System.Globalization;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Storage;
using JobWatcher.Tests.Polling;
using Serilog.Events;
using static JobWatcher.Tests.Alerting.AlertRig;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Alerting;

/// <summary>Events 1201 and 1202.</summary>
public sealed class AlertReporterTests : IDisposable
{
    private readonly AlertRig _alerts = new();

    [Fact]
    public async Task Start_and_end_are_told_with_the_fields_of_the_contract()
    {
        await _alerts.PollAsync(Fails("a") with { InstanceName = "gauss-1" });
        await DrainAsync();
        await _alerts.Rig.PollNextAsync(
            Fails("a"), Fails("b") with { Status = JobStatus.Completed, CreatedTime = Noon.AddSeconds(1) });
        await DrainAsync();

        var firing = _alerts.Rig.Log.Single("AlertFiring");
        var resolved = _alerts.Rig.Log.Single("AlertResolved");
        Assert.Equal((LogEventLevel.Warning, LogEventLevel.Information), (firing.Level, resolved.Level));
        Assert.Equal("JobFailed fires for RebootGaussDBforMySQLInstance a of target prod.", firing.RenderMessage());
        Assert.Equal(
            "JobFailed is over for RebootGaussDBforMySQLInstance a of target prod: completed.", resolved.RenderMessage());
        string[] fields =
        [
            "Alert", "AlertId", "EndReason", "EndedTime", "EventId", "InstanceId", "InstanceName", "JobId", "JobName",
            "Labels", "Severity", "SourceContext", "StartedTime", "Target",
        ];
        Assert.Equal(fields, firing.Properties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(fields, resolved.Properties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("null", Text(firing, "EndReason"));
        Assert.Equal("\"completed\"", Text(resolved, "EndReason"));
        Assert.Equal("[(\"team\": \"payments\")]", Text(firing, "Labels"));
        Assert.Equal(firing.Properties["AlertId"], resolved.Properties["AlertId"]);
    }

    [Fact]
    public async Task What_was_told_is_not_told_again_not_even_by_the_next_process()
    {
        await _alerts.PollAsync(Fails("a"));
        await DrainAsync();
        await DrainAsync();

        _alerts.Restart(target: null);
        await DrainAsync();

        _alerts.Rig.Log.Single("AlertFiring");
    }

    [Fact]
    public async Task What_is_written_while_the_store_cannot_note_it_is_not_written_again_by_this_process()
    {
        await _alerts.PollAsync(Fails("a"));
        _alerts.Rig.Store.BreaksAt = "MarkTold";
        await Assert.ThrowsAsync<StoreException>(DrainAsync);
        await Assert.ThrowsAsync<StoreException>(DrainAsync);
        _alerts.Rig.Store.BreaksAt = null;

        await DrainAsync();

        _alerts.Rig.Log.Single("AlertFiring");
    }

    [Fact]
    public async Task What_could_not_be_written_is_told_later()
    {
        await _alerts.PollAsync(Fails("a"));
        _alerts.Rig.Log.IsFull = true;
        await Assert.ThrowsAsync<AggregateException>(DrainAsync);
        _alerts.Rig.Log.IsFull = false;

        await DrainAsync();

        _alerts.Rig.Log.Single("AlertFiring");
    }

    [Fact]
    public async Task One_that_started_and_ended_in_one_poll_is_told_twice_over()
    {
        await _alerts.PollAsync(
            Fails("a"), Fails("b") with { Status = JobStatus.Completed, CreatedTime = Noon.AddSeconds(1) });

        await DrainAsync();

        Assert.Equal(["AlertFiring", "AlertResolved"], _alerts.Rig.Log.Names.Where(name => name.StartsWith("Alert", StringComparison.Ordinal)));
    }

    public void Dispose() => _alerts.Dispose();

    private static string Text(LogEvent told, string field) =>
        told.Properties[field].ToString(format: null, CultureInfo.InvariantCulture);

    private Task DrainAsync() => _alerts.Reporter.DrainAsync(WatchRig.Token);
}
