using JobWatcher.Storage;
using Serilog.Events;

namespace JobWatcher.Reporting;

/// <summary>
/// A transition as a log event, with exactly the fields that the contract names; null where nothing is known. Made by
/// hand, because the logging generators turn the labels into text and add fields of their own.
/// </summary>
internal static class TransitionEvent
{
    private static readonly ScalarValue SourceContext = new(typeof(TransitionLogger).FullName);

    /// <summary>Tells a transition of the log.</summary>
    /// <param name="committed">The transition.</param>
    /// <param name="now">The event's own time.</param>
    public static LogEvent Of(CommittedTransition committed, DateTimeOffset now)
    {
        var kind = TransitionKind.Of(committed.Transition);
        return new LogEvent(
            now,
            kind.LevelOf(committed.Transition),
            exception: null,
            kind.SentenceAbout(committed.Transition.Job),
            [
                new LogEventProperty("EventId", new StructureValue(
                [
                    new LogEventProperty("Id", new ScalarValue(kind.EventId)),
                    new LogEventProperty("Name", new ScalarValue(kind.EventName)),
                ])),
                new LogEventProperty(nameof(SourceContext), SourceContext),
                .. FieldsOf(TransitionItem.Of(committed)),
                new LogEventProperty("Labels", new DictionaryValue(committed.Labels.Select(label =>
                    KeyValuePair.Create(new ScalarValue(label.Key), (LogEventPropertyValue)new ScalarValue(label.Value))))),
            ]);
    }

    private static IEnumerable<LogEventProperty> FieldsOf(TransitionItem item)
    {
        (string Name, object? Value)[] fields =
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
        return fields.Select(field => new LogEventProperty(field.Name, new ScalarValue(field.Value)));
    }
}
