using JobWatcher.HuaweiCloud;

namespace JobWatcher.Polling;

/// <summary>Why a poll was not answered, as events tell it.</summary>
/// <param name="Outcome">How the poll ended.</param>
/// <param name="Reason">A sentence; what the cloud said in it is shortened and free of control characters.</param>
internal sealed record PollFailure(PollOutcome Outcome, string Reason)
{
    /// <summary>The HTTP status, where an answer came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The vendor's error code.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The call's identity for the vendor's support.</summary>
    public string? RequestId { get; init; }

    /// <summary>Tells a fault of the cloud.</summary>
    public static PollFailure Of(CloudException exception) => new(PollOutcomes.Of(exception.Fault), exception.Message)
    {
        HttpStatus = exception.HttpStatus,
        ErrorCode = exception.ErrorCode,
        RequestId = exception.RequestId,
    };
}
