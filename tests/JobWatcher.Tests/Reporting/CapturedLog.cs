using System.Collections.Concurrent;
using JobWatcher.Reporting;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace JobWatcher.Tests.Reporting;

/// <summary>Takes in log events as the service's sinks would.</summary>
internal sealed class CapturedLog : ILogEventSink
{
    private readonly ConcurrentQueue<LogEvent> _events = new();

    /// <summary>All events so far, in order.</summary>
    public IReadOnlyList<LogEvent> Events => [.. _events];

    /// <summary>The names of all events from Information up, in order.</summary>
    public IReadOnlyList<string> Names =>
        [.. Events.Where(logEvent => logEvent.Level >= LogEventLevel.Information).Select(NameOf).OfType<string>()];

    /// <summary>While set, writes fail as on a full disk.</summary>
    public bool IsFull { get; set; }

    /// <summary>Called after each event was taken in.</summary>
    public Action? Taken { get; set; }

    /// <summary>The only event of this name.</summary>
    public LogEvent Single(string name) => Assert.Single(Events, logEvent => NameOf(logEvent) == name);

    /// <summary>The last event of this name.</summary>
    public LogEvent Last(string name) => Events.Last(logEvent => NameOf(logEvent) == name);

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        if (IsFull)
        {
            throw new IOException("No space left on device");
        }

        _events.Enqueue(logEvent);
        Taken?.Invoke();
    }

    /// <summary>A logger of the ordinary log.</summary>
    public Microsoft.Extensions.Logging.ILogger<T> LoggerOf<T>() => new SerilogLoggerFactory(
        new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(this).CreateLogger()).CreateLogger<T>();

    /// <summary>The log of transitions.</summary>
    public AuditLog Audit() =>
        new(new LoggerConfiguration().MinimumLevel.Verbose().AuditTo.Sink(this).CreateLogger());

    private static string? NameOf(LogEvent logEvent) =>
        logEvent.Properties.GetValueOrDefault("EventId") is StructureValue id
            ? (id.Properties.SingleOrDefault(part => part.Name == "Name")?.Value as ScalarValue)?.Value as string
            : null;
}
