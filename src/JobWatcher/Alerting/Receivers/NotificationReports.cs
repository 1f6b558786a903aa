using JobWatcher.Alerts;

namespace JobWatcher.Alerting.Receivers;

/// <summary>Tells users what becomes of notifications: counts, latency and the event 1203.</summary>
internal sealed partial class NotificationReports(
    NotificationCounts counts, NotificationLatency latency, ILogger<NotificationReports> logger)
{
    /// <summary>A receiver took notifications.</summary>
    /// <param name="receiver">The receiver's name.</param>
    /// <param name="count">How many.</param>
    public void Accepted(string receiver, int count) => counts.Count(receiver, NotificationOutcome.Accepted, count);

    /// <summary>A receiver took an alert's start or end for the first time.</summary>
    /// <param name="receiver">The receiver's name.</param>
    /// <param name="since">When what it tells happened, by the cloud's clock.</param>
    /// <param name="accepted">When it was taken, by that clock.</param>
    public void FirstAccepted(string receiver, DateTimeOffset since, DateTimeOffset accepted) =>
        latency.Accepted(receiver, accepted - since);

    /// <summary>Notifications failed and are tried again.</summary>
    public void Retried(string receiver, int count) => counts.Count(receiver, NotificationOutcome.Retried, count);

    /// <summary>A receiver refuses a notification: a webhook for good, an Alertmanager until it takes it.</summary>
    public void Rejected(string receiver) => counts.Count(receiver, NotificationOutcome.Rejected);

    /// <summary>A notification was tried for too long.</summary>
    public void Expired(string receiver) => counts.Count(receiver, NotificationOutcome.Expired);

    /// <summary>The event 1203: once for an outage of a receiver, and for each notification that is given up.</summary>
    /// <param name="receiver">The receiver's name.</param>
    /// <param name="host">Scheme and host of its address.</param>
    /// <param name="alert">The alert; null where all of the receiver's are meant.</param>
    /// <param name="attempt">The number of the attempt that failed, from 1.</param>
    /// <param name="status">What it answered; null without an answer.</param>
    /// <param name="error">What went wrong, as a sentence without secrets.</param>
    public void Failed(string receiver, string host, AlertId? alert, int attempt, int? status, string error) =>
        Log.NotificationFailed(logger, receiver, host, error, new FailureFields(alert?.Value, attempt, status));

    // Internal, since the generated code reads the properties by their names.
    internal sealed record FailureFields(string? AlertId, int Attempt, int? HttpStatus);

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.NotificationFailed, LogLevel.Error,
            "The receiver {Receiver} at {Host} could not be told of an alert. {Error}",
            EventName = nameof(EventIds.NotificationFailed))]
        public static partial void NotificationFailed(
            ILogger logger,
            string receiver,
            string host,
            string error,
            [LogProperties(OmitReferenceName = true)] FailureFields failure);
    }
}
