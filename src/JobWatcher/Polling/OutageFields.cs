using JobWatcher.Planning;

namespace JobWatcher.Polling;

/// <summary>The fields of the events that tell an outage of a target, but for its name, as the contract names them.</summary>
internal sealed record OutageFields
{
    public required string Region { get; init; }

    public required string ProjectId { get; init; }

    public required string Credentials { get; init; }

    public required string Outcome { get; init; }

    public int? HttpStatus { get; init; }

    public string? ErrorCode { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The start of the first poll that failed, UTC.</summary>
    public required DateTime Since { get; init; }

    public required double OutageSeconds { get; init; }

    /// <summary>Tells an outage that goes on.</summary>
    public static OutageFields Of(WatchedTarget target, PollFailure failure, DateTimeOffset since, TimeSpan lasted) =>
        Of(target, failure.Outcome, since, lasted) with
        {
            HttpStatus = failure.HttpStatus,
            ErrorCode = failure.ErrorCode,
            RequestId = failure.RequestId,
        };

    /// <summary>Tells an outage that ended with this outcome.</summary>
    public static OutageFields Of(WatchedTarget target, PollOutcome outcome, DateTimeOffset since, TimeSpan lasted) =>
        new()
        {
            Region = target.Region,
            ProjectId = target.ProjectId,
            Credentials = target.Credentials,
            Outcome = outcome.Label(),
            Since = since.UtcDateTime,
            OutageSeconds = Math.Round(Math.Max(0, lasted.TotalSeconds), 3),
        };
}
