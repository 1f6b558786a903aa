using Serilog.Core;
using Serilog.Events;

namespace JobWatcher.Reporting;

/// <summary>A log without a level filter whose sinks throw when they cannot write.</summary>
internal sealed class AuditLog(Logger logger) : IDisposable
{
    /// <summary>Writes an event, and returns when it is written.</summary>
    /// <exception cref="AggregateException">It could not be written.</exception>
    public void Write(LogEvent logEvent) => logger.Write(logEvent);

    /// <inheritdoc/>
    public void Dispose() => logger.Dispose();
}
