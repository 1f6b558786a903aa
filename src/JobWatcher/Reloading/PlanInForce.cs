using JobWatcher.Alerting.Receivers;
using JobWatcher.Planning;
using JobWatcher.Polling.Budgets;
using JobWatcher.Reporting;
using JobWatcher.Reporting.Metrics;
using Serilog.Core;

namespace JobWatcher.Reloading;

/// <summary>
/// The plan that holds, which a valid configuration replaces as a whole and a faulty one leaves alone. One caller at a time.
/// </summary>
internal sealed class PlanInForce(
    WatcherPlan started,
    WatchChange change,
    EntryShares shares,
    StateSamples samples,
    ReceiversInForce receivers,
    LoggingLevelSwitch level,
    ReloadReports reports)
{
    private WatcherPlan? _taken;

    /// <summary>Takes what was read.</summary>
    public async Task TakeAsync(PlanReading reading, CancellationToken cancellationToken)
    {
        if (reading.Plan is not { } plan)
        {
            reports.Rejected(reading.Faults);
            return;
        }

        var changes = PlanChanges.Between(started, _taken ?? started, plan);
        NewWatches made;
        try
        {
            made = change.Prepare(changes.Targets);
        }
        catch (InvalidDataException exception)
        {
            // A file of certificates that was good when it was read, and is not any more: nothing has changed yet.
            change.LetGo((_taken ?? started).Targets);
            reports.Rejected([exception.Message]);
            return;
        }

        shares.Configure(plan.Budget);
        samples.Configure(plan.Metrics);
        level.MinimumLevel = LogOutput.LevelOf(plan.LogLevel);
        if (!plan.Receivers.Equals((_taken ?? started).Receivers))
        {
            receivers.Change(plan.Receivers);
        }

        await change.ApplyAsync(made, changes.Targets.Removed, plan.Targets, cancellationToken);
        _taken = plan;
        reports.Taken(changes);
    }
}
