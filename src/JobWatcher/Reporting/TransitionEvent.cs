using JobWatcher.Storage;
using Serilog.Events;

namespace JobWatcher.Reporting;

/// <summary>A transition as a log event.</summary>
internal static class TransitionEvent
{
    /// <summary>Tells a transition of the log.</summary>
    /// <param name="committed">The transition.</param>
    /// <param name="now">The event's own time.</param>
    public static LogEvent Of(CommittedTransition committed, DateTimeOffset now)
    {
        var kind = TransitionKind.Of(committed.Transition);
        return AuditEvent.Of(
            now,
            kind.LevelOf(committed.Transition),
            new EventId(kind.EventId, kind.EventName),
            typeof(TransitionLogger),
            kind.SentenceAbout(committed.Transition.Job),
            FieldsOf(TransitionItem.Of(committed)),
            committed.Labels);
    }

    private static (string Name, object? Value)[] FieldsOf(TransitionItem item) =>
    [
        (nameof(item.TransitionId), item.TransitionId),
        (nameof(item.Target), item.Target),
        (nameof(item.ProjectId), item.ProjectId),
        (nameof(item.Region), item.Region),
        (nameof(item.JobId), item.JobId),
        (nameof(item.JobName), item.JobName),
        (nameof(item.FromStatus), item.FromStatus),
        (nameof(item.ToStatus), item.ToStatus),
        (nameof(item.InstanceId), item.InstanceId),
        (nameof(item.InstanceName), item.InstanceName),
        (nameof(item.InstanceStatus), item.InstanceStatus),
        (nameof(item.OrderId), item.OrderId),
        (nameof(item.Process), item.Process),
        (nameof(item.ProgressPercent), item.ProgressPercent),
        (nameof(item.CreatedTime), item.CreatedTime),
        (nameof(item.EndedTime), item.EndedTime),
        (nameof(item.DurationSeconds), item.DurationSeconds),
        (nameof(item.FailReason), item.FailReason),
        (nameof(item.ObservedTime), item.ObservedTime),
    ];
}
