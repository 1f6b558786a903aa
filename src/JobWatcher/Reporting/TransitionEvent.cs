using JobWatcher.Snapshots;
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
                .. FieldsOf(committed),
                new LogEventProperty("Labels", new DictionaryValue(committed.Labels.Select(label =>
                    KeyValuePair.Create(new ScalarValue(label.Key), (LogEventPropertyValue)new ScalarValue(label.Value))))),
            ]);
    }

    private static IEnumerable<LogEventProperty> FieldsOf(CommittedTransition committed)
    {
        var transition = committed.Transition;
        var job = transition.Job;
        (string Name, object? Value)[] fields =
        [
            ("TransitionId", committed.Id.Value),
            ("Target", committed.Target),
            ("ProjectId", committed.ProjectId),
            ("Region", committed.Region),
            ("JobId", job.JobId),
            ("JobName", job.JobName),
            ("FromStatus", transition.From.Value),
            ("ToStatus", transition.To.Value),
            ("InstanceId", job.InstanceId),
            ("InstanceName", job.InstanceName),
            ("InstanceStatus", job.InstanceStatus),
            ("OrderId", job.OrderId),
            ("Process", job.Process),
            ("ProgressPercent", Progress.Percent(job.Process)),
            ("CreatedTime", job.CreatedTime?.UtcDateTime),
            ("EndedTime", job.EndedTime?.UtcDateTime),
            ("DurationSeconds", transition.Duration?.TotalSeconds),
            ("FailReason", job.FailReason),
            ("ObservedTime", transition.ObservedTime.UtcDateTime),
        ];
        return fields.Select(field => new LogEventProperty(field.Name, new ScalarValue(field.Value)));
    }
}
