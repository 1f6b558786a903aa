using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using Serilog.Events;
using Serilog.Parsing;

namespace JobWatcher.Reporting;

/// <summary>The three events that transitions become.</summary>
internal sealed class TransitionKind
{
    private static readonly TransitionKind Appeared = new(
        EventIds.JobAppeared, nameof(EventIds.JobAppeared), "appeared as {ToStatus:l}.");

    private static readonly TransitionKind Changed = new(
        EventIds.JobStatusChanged, nameof(EventIds.JobStatusChanged), "went from {FromStatus:l} to {ToStatus:l}.");

    private static readonly TransitionKind Vanished = new(
        EventIds.JobVanished, nameof(EventIds.JobVanished), "is no longer listed, though it was {FromStatus:l}.");

    private readonly MessageTemplate _ofInstanceName;
    private readonly MessageTemplate _ofInstanceId;
    private readonly MessageTemplate _ofJobId;

    private TransitionKind(int eventId, string eventName, string predicate)
    {
        EventId = eventId;
        EventName = eventName;
        var parser = new MessageTemplateParser();
        _ofInstanceName = parser.Parse("{JobName:l} on {InstanceName:l} " + predicate);
        _ofInstanceId = parser.Parse("{JobName:l} on {InstanceId:l} " + predicate);
        _ofJobId = parser.Parse("{JobName:l} {JobId:l} " + predicate);
    }

    /// <summary>The event's number.</summary>
    public int EventId { get; }

    /// <summary>The event's name.</summary>
    public string EventName { get; }

    /// <summary>The kind of a transition.</summary>
    public static TransitionKind Of(Transition transition)
    {
        if (transition.To == Transition.NotListed)
        {
            return Vanished;
        }

        return transition.From == Transition.NotListed ? Appeared : Changed;
    }

    /// <summary>The event's sentence, which names the instance as well as it is known.</summary>
    public MessageTemplate SentenceAbout(ImmediateJob job) => job switch
    {
        { InstanceName: not null } => _ofInstanceName,
        { InstanceId: not null } => _ofInstanceId,
        _ => _ofJobId,
    };

    /// <summary>How bad it is.</summary>
    public LogEventLevel LevelOf(Transition transition)
    {
        if (transition.To == JobStatus.Failed)
        {
            return LogEventLevel.Error;
        }

        var isBack = transition.From.IsEnded && transition.To.IsOpen;
        var isCanceled = transition.To == JobStatus.Canceled && this == Changed;
        return this == Vanished || isBack || isCanceled ? LogEventLevel.Warning : LogEventLevel.Information;
    }
}
