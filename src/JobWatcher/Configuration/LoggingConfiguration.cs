using JobWatcher.Configuration.Reading;

namespace JobWatcher.Configuration;

/// <summary>How the log looks.</summary>
internal enum LogFormat
{
    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>Lines for people.</summary>
    Text,
}

/// <summary>What is logged, and how.</summary>
internal sealed record LoggingConfiguration
{
    /// <summary>The least level shown; events of transitions are always shown.</summary>
    /// <value>Information.</value>
    public LogLevel Level { get; private init; } = LogLevel.Information;

    /// <summary>The format; null for text on a terminal, JSON elsewhere.</summary>
    public LogFormat? Format { get; private init; }

    /// <summary>Reads the section <c>logging</c>.</summary>
    public static LoggingConfiguration Read(MappingReader section)
    {
        var defaults = new LoggingConfiguration();
        return new LoggingConfiguration
        {
            Level = section.Choice<LogLevel?>(
                "level",
                ("Trace", LogLevel.Trace), ("Debug", LogLevel.Debug), ("Information", LogLevel.Information),
                ("Warning", LogLevel.Warning), ("Error", LogLevel.Error), ("Critical", LogLevel.Critical)) ?? defaults.Level,
            Format = section.Choice<LogFormat?>("format", ("json", LogFormat.Json), ("text", LogFormat.Text)),
        };
    }
}
