using JobWatcher.Alerts;
using JobWatcher.Reporting;
using Serilog.Events;
using Serilog.Parsing;

namespace JobWatcher.Alerting;

/// <summary>The start or the end of an alert as a log event.</summary>
internal static class AlertEvent
{
    private static readonly MessageTemplateParser Parser = new();
    private static readonly MessageTemplate JobFires = Parser.Parse("{Alert:l} fires for {JobName:l} {JobId:l} of target {Target:l}.");
    private static readonly MessageTemplate TargetFires = Parser.Parse("{Alert:l} fires for target {Target:l}.");

    private static readonly MessageTemplate JobResolved =
        Parser.Parse("{Alert:l} is over for {JobName:l} {JobId:l} of target {Target:l}: {EndReason:l}.");

    private static readonly MessageTemplate TargetResolved =
        Parser.Parse("{Alert:l} is over for target {Target:l}: {EndReason:l}.");

    /// <summary>Tells the start of an alert, whether it has ended since or not.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="now">The event's own time.</param>
    public static LogEvent OfStart(Alert alert, DateTimeOffset now) => Of(
        alert with { EndedTime = null, EndReason = null },
        now,
        LogEventLevel.Warning,
        new EventId(EventIds.AlertFiring, nameof(EventIds.AlertFiring)),
        alert.Job is null ? TargetFires : JobFires);

    /// <summary>Tells the end of an alert.</summary>
    /// <param name="alert">The alert, which has ended.</param>
    /// <param name="now">The event's own time.</param>
    public static LogEvent OfEnd(Alert alert, DateTimeOffset now) => Of(
        alert,
        now,
        LogEventLevel.Information,
        new EventId(EventIds.AlertResolved, nameof(EventIds.AlertResolved)),
        alert.Job is null ? TargetResolved : JobResolved);

    private static LogEvent Of(Alert alert, DateTimeOffset now, LogEventLevel level, EventId id, MessageTemplate sentence) =>
        AuditEvent.Of(
            now,
            level,
            id,
            typeof(AlertReporter),
            sentence,
            [
                ("AlertId", alert.Id.Value),
                ("Alert", alert.Key.Name.Value),
                ("Severity", alert.Severity),
                ("Target", alert.Key.Target),
                ("JobId", alert.Job?.JobId),
                ("JobName", alert.Job?.JobName),
                ("InstanceId", alert.Job?.InstanceId),
                ("InstanceName", alert.Job?.InstanceName),
                ("StartedTime", alert.StartedTime.UtcDateTime),
                ("EndedTime", alert.EndedTime?.UtcDateTime),
                ("EndReason", alert.EndReason?.Value),
            ],
            alert.OwnLabels);
}
