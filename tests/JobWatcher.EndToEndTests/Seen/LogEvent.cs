using System.Globalization;
using System.Text.Json;

namespace JobWatcher.EndToEndTests.Seen;

/// <summary>One line of the log.</summary>
internal sealed class LogEvent
{
    private readonly JsonElement _line;

    private LogEvent(JsonElement line) => _line = line;

    /// <summary>The event's name; empty for lines without one.</summary>
    public string Name => _line.TryGetProperty("EventId", out var id) && id.TryGetProperty(nameof(Name), out var name)
        ? name.GetString() ?? ""
        : "";

    /// <summary>All keys of the line.</summary>
    public IEnumerable<string> Keys => _line.EnumerateObject().Select(property => property.Name);

    /// <summary>A field.</summary>
    public JsonElement this[string key] => _line.GetProperty(key);

    /// <summary>Reads lines, each of which must be a JSON object.</summary>
    public static IReadOnlyList<LogEvent> ReadAll(IEnumerable<string> lines) => [.. lines.Select(Read)];

    /// <summary>A field that holds a text.</summary>
    public string? Text(string key) => this[key].GetString();

    /// <summary>A field that holds a time in UTC, or null.</summary>
    public DateTimeOffset? Time(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        Assert.EndsWith("Z", text, StringComparison.Ordinal);
        return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>A field that holds a number, or null.</summary>
    public double? Number(string key) => this[key].ValueKind == JsonValueKind.Null ? null : this[key].GetDouble();

    /// <summary>All of the line but when it was written.</summary>
    public string WithoutTime() =>
        string.Join('\n', Keys.Where(key => key != "@t").Order(StringComparer.Ordinal).Select(key => $"{key}: {this[key].GetRawText()}"));

    /// <inheritdoc/>
    public override string ToString() => _line.GetRawText();

    /// <summary>Reads a line.</summary>
    public static LogEvent Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return new LogEvent(document.RootElement.Clone());
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"This line of the log is no JSON: {line}", exception);
        }
    }
}
