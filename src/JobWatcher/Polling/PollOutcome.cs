using JobWatcher.HuaweiCloud;

namespace JobWatcher.Polling;

/// <summary>How a poll ended: the values of the label <c>outcome</c>.</summary>
internal enum PollOutcome
{
    /// <summary>The API listed everything.</summary>
    Success,

    /// <summary>The API answered, but its listing does not add up.</summary>
    Incomplete,

    /// <summary>The API refused because of too many requests.</summary>
    Throttled,

    /// <summary>The API refused the credentials.</summary>
    Unauthorized,

    /// <summary>The credentials lack the permission.</summary>
    Forbidden,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>Anything else, the watcher's own faults included.</summary>
    Error,
}

/// <summary>The spelling of outcomes, and what they mean for the target's state.</summary>
internal static class PollOutcomes
{
    /// <summary>All seven.</summary>
    public static readonly IReadOnlyList<PollOutcome> All = Enum.GetValues<PollOutcome>();

    /// <summary>The label's value.</summary>
    public static string Label(this PollOutcome outcome) => outcome switch
    {
        PollOutcome.Success => "success",
        PollOutcome.Incomplete => "incomplete",
        PollOutcome.Throttled => "throttled",
        PollOutcome.Unauthorized => "unauthorized",
        PollOutcome.Forbidden => "forbidden",
        PollOutcome.Timeout => "timeout",
        _ => "error",
    };

    /// <summary>Whether the cloud answered with jobs.</summary>
    public static bool IsAnswered(this PollOutcome outcome) =>
        outcome is PollOutcome.Success or PollOutcome.Incomplete;

    /// <summary>The outcome of a poll that the cloud made fail.</summary>
    public static PollOutcome Of(CloudFault fault) => fault switch
    {
        CloudFault.Throttled => PollOutcome.Throttled,
        CloudFault.Unauthorized => PollOutcome.Unauthorized,
        CloudFault.Forbidden => PollOutcome.Forbidden,
        CloudFault.Timeout => PollOutcome.Timeout,
        _ => PollOutcome.Error,
    };
}
