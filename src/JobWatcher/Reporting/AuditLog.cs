using Serilog.Core;
using Serilog.Extensions.Logging;

namespace JobWatcher.Reporting;

/// <summary>A log without a level filter whose sinks throw when they cannot write.</summary>
internal sealed class AuditLog(Logger logger) : IDisposable
{
    private readonly SerilogLoggerFactory _factory = new(logger, dispose: true);

    /// <summary>A logger for a type, whose name becomes the events' <c>SourceContext</c>.</summary>
    public ILogger CreateLogger<T>() => _factory.CreateLogger<T>();

    /// <inheritdoc/>
    public void Dispose() => _factory.Dispose();
}
