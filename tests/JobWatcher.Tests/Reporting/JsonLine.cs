using System.Globalization;
using System.Text.Json;
using JobWatcher.Reporting;
using Serilog.Events;

namespace JobWatcher.Tests.Reporting;

/// <summary>Events as the service writes them.</summary>
internal static class JsonLine
{
    /// <summary>The line of an event, which must be one.</summary>
    public static string TextOf(LogEvent logEvent)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        LogOutput.Formatter(json: true, isTerminal: false).Format(logEvent, output);
        var line = output.ToString();
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        Assert.Equal(1, line.Count(character => character == '\n'));
        return line;
    }

    /// <summary>The object of an event.</summary>
    public static JsonElement Of(LogEvent logEvent) => JsonDocument.Parse(TextOf(logEvent)).RootElement;

    /// <summary>The names of an object's keys.</summary>
    public static IReadOnlyList<string> KeysOf(JsonElement json) => [.. json.EnumerateObject().Select(key => key.Name)];
}
