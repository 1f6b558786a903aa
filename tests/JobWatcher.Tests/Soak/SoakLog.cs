using JobWatcher.Reporting;
using JobWatcher.Tests.Reporting;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace JobWatcher.Tests.Soak;

/// <summary>Takes in the log of transitions as it is written, and keeps nothing of it but a count.</summary>
internal sealed class SoakLog(Action<string, string, string, string> tell) : ILogEventSink
{
    private long _lines;

    /// <summary>How many transitions were told.</summary>
    public long Lines => Interlocked.Read(ref _lines);

    public AuditLog Audit() => new(new LoggerConfiguration().MinimumLevel.Verbose().AuditTo.Sink(this).CreateLogger());

    public void Emit(LogEvent logEvent)
    {
        if (!logEvent.Properties.ContainsKey("TransitionId"))
        {
            // An alert's start or end.
            return;
        }

        Interlocked.Increment(ref _lines);
        tell(Text(logEvent, "Target"), Text(logEvent, "JobId"), Text(logEvent, "FromStatus"), Text(logEvent, "ToStatus"));
    }

    private static string Text(LogEvent logEvent, string field) => (string)logEvent.Field(field)!;
}
