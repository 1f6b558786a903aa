using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Templates;
using Serilog.Templates.Themes;

namespace JobWatcher.Reporting;

/// <summary>Builds the two loggers over standard output: the ordinary one, and the one that proves its writes.</summary>
internal static class LogOutput
{
    // The keys are the contract's; all of them are there in every line.
    private const string JsonTemplate = "{ {@t: UtcDateTime(@t), @m, @l, @x, @tr, @sp, ..@p} }\n";
    private const string TextTemplate = "{@t:HH:mm:ss} {@l:u3} {@m}\n{@x}";

    /// <summary>The ordinary log: filtered by level, never failing its callers.</summary>
    /// <param name="level">The least level shown, which may change.</param>
    /// <param name="json">Whether lines are JSON, else text.</param>
    public static Logger Ordinary(LoggingLevelSwitch level, bool json) => new LoggerConfiguration()
        .MinimumLevel.ControlledBy(level)
        // Below Warning these tell each request and each trigger; what matters in them the watcher tells itself.
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("System.Net.Http.HttpClient", LogEventLevel.Warning)
        .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
        // A start that fails is told in one line on standard error, not by the host with a stack trace.
        .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LevelAlias.Off)
        .Enrich.FromLogContext()
        .WriteTo.Console(Formatter(json, !Console.IsOutputRedirected))
        .CreateLogger();

    /// <summary>The log of transitions: nothing is filtered, and a write that fails throws.</summary>
    public static AuditLog Audit(bool json) => new(new LoggerConfiguration()
        .MinimumLevel.Verbose()
        .AuditTo.Console(Formatter(json, !Console.IsOutputRedirected))
        .CreateLogger());

    /// <summary>Formats events as the contract tells.</summary>
    /// <param name="json">One JSON object a line; else a sentence for people.</param>
    /// <param name="isTerminal">Whether sentences may have colours.</param>
    public static VisibleTextFormatter Formatter(bool json, bool isTerminal) => json
        ? VisibleTextFormatter.OfJson(new ExpressionTemplate(JsonTemplate))
        : VisibleTextFormatter.OfText(
            new ExpressionTemplate(
                TextTemplate, theme: isTerminal ? TemplateTheme.Code : null, applyThemeWhenOutputIsRedirected: true),
            isTerminal);

    /// <summary>Serilog's name of a level.</summary>
    public static LogEventLevel LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => LogEventLevel.Verbose,
        LogLevel.Debug => LogEventLevel.Debug,
        LogLevel.Information => LogEventLevel.Information,
        LogLevel.Warning => LogEventLevel.Warning,
        LogLevel.Error => LogEventLevel.Error,
        _ => LogEventLevel.Fatal,
    };
}
