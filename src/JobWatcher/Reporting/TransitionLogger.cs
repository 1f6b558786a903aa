using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Reporting;

/// <summary>
/// Writes transitions as log events, past every level filter. A write that fails throws, which the ordinary log does
/// not (rule R1 of the protocol).
/// </summary>
/// <param name="audit">A logger whose sinks report their failures.</param>
internal sealed partial class TransitionLogger(AuditLog audit)
{
    private readonly ILogger _logger = audit.CreateLogger<TransitionLogger>();

    /// <summary>Writes one transition, and returns when it is written.</summary>
    /// <exception cref="AggregateException">It could not be written.</exception>
    public void Write(CommittedTransition committed)
    {
        var transition = committed.Transition;
        var fields = TransitionEvent.Of(committed);
        var about = transition.Job.InstanceName ?? transition.Job.InstanceId ?? transition.Job.JobId;

        if (transition.To == Transition.NotListed)
        {
            Log.JobVanished(_logger, fields.JobName, about, fields);
        }
        else if (transition.From == Transition.NotListed)
        {
            Log.JobAppeared(_logger, LevelOf(transition), fields.JobName, about, transition.To.Value, fields);
        }
        else
        {
            Log.JobStatusChanged(
                _logger, LevelOf(transition), fields.JobName, about, transition.From.Value, transition.To.Value, fields);
        }
    }

    private static LogLevel LevelOf(Transition transition)
    {
        if (transition.To == JobStatus.Failed)
        {
            return LogLevel.Error;
        }

        var isBack = transition.From.IsEnded && transition.To.IsOpen;
        var isCanceled = transition.To == JobStatus.Canceled && transition.From != Transition.NotListed;
        return isBack || isCanceled ? LogLevel.Warning : LogLevel.Information;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = EventIds.JobAppeared, EventName = nameof(EventIds.JobAppeared),
            Message = "{Operation} on {Instance} appeared as {Status}.")]
        public static partial void JobAppeared(
            ILogger logger, LogLevel level, string operation, string instance, string status,
            [LogProperties(OmitReferenceName = true)] TransitionEvent fields);

        [LoggerMessage(
            EventId = EventIds.JobStatusChanged, EventName = nameof(EventIds.JobStatusChanged),
            Message = "{Operation} on {Instance} went from {Before} to {After}.")]
        public static partial void JobStatusChanged(
            ILogger logger, LogLevel level, string operation, string instance, string before, string after,
            [LogProperties(OmitReferenceName = true)] TransitionEvent fields);

        [LoggerMessage(
            EventIds.JobVanished, LogLevel.Warning,
            "{Operation} on {Instance} is no longer listed, though it was open.",
            EventName = nameof(EventIds.JobVanished))]
        public static partial void JobVanished(
            ILogger logger, string operation, string instance,
            [LogProperties(OmitReferenceName = true)] TransitionEvent fields);
    }
}
