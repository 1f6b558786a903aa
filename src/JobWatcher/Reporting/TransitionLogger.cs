using JobWatcher.Storage;

namespace JobWatcher.Reporting;

/// <summary>
/// Writes transitions as log events, past every level filter. A write that fails throws, which the ordinary log does
/// not (rule R1 of the protocol).
/// </summary>
/// <param name="audit">A log whose sinks report their failures.</param>
/// <param name="time">The clock of the events.</param>
internal sealed class TransitionLogger(AuditLog audit, TimeProvider time)
{
    /// <summary>Writes one transition, and returns when it is written.</summary>
    /// <exception cref="AggregateException">It could not be written.</exception>
    public void Write(CommittedTransition committed) => audit.Write(TransitionEvent.Of(committed, time.GetUtcNow()));
}
