using Serilog.Events;

namespace JobWatcher.Reporting;

/// <summary>
/// An event with exactly the fields that the contract names; null where nothing is known. Made by hand, because the logging
/// generators turn labels into text and add fields of their own.
/// </summary>
internal static class AuditEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="now">The event's own time.</param>
    /// <param name="level">How bad it is.</param>
    /// <param name="id">Its number and name.</param>
    /// <param name="source">Whose event it is.</param>
    /// <param name="sentence">What it says, in terms of the fields.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="labels">The target's own labels.</param>
    public static LogEvent Of(
        DateTimeOffset now,
        LogEventLevel level,
        EventId id,
        Type source,
        MessageTemplate sentence,
        IEnumerable<(string Name, object? Value)> fields,
        IEnumerable<KeyValuePair<string, string>> labels) => new(
            now,
            level,
            exception: null,
            sentence,
            [
                new LogEventProperty(nameof(EventId), new StructureValue(
                [
                    new LogEventProperty(nameof(id.Id), new ScalarValue(id.Id)),
                    new LogEventProperty(nameof(id.Name), new ScalarValue(id.Name)),
                ])),
                new LogEventProperty("SourceContext", new ScalarValue(source.FullName)),
                .. fields.Select(field => new LogEventProperty(field.Name, new ScalarValue(field.Value))),
                new LogEventProperty("Labels", new DictionaryValue(labels.Select(label =>
                    KeyValuePair.Create(new ScalarValue(label.Key), (LogEventPropertyValue)new ScalarValue(label.Value))))),
            ]);
}
