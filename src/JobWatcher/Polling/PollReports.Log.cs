namespace JobWatcher.Polling;

internal sealed partial class PollReports
{
    private static partial class Log
    {
        [LoggerMessage(
            EventIds.TargetBaselined, LogLevel.Information,
            "Target {Target} is watched from now on: {Jobs} jobs are listed, {OpenJobs} of them open, {FailedJobs} failed.",
            EventName = nameof(EventIds.TargetBaselined))]
        public static partial void TargetBaselined(ILogger logger, string target, int jobs, int openJobs, int failedJobs);

        [LoggerMessage(
            EventIds.TargetUnreachable, LogLevel.Error,
            "What happens at target {Target} is unknown: its polls fail. {Reason}",
            EventName = nameof(EventIds.TargetUnreachable))]
        public static partial void TargetUnreachable(
            ILogger logger, string target, string reason,
            [LogProperties(OmitReferenceName = true)] OutageFields outage);

        [LoggerMessage(
            EventIds.TargetRecovered, LogLevel.Information,
            "Target {Target} answers again.",
            EventName = nameof(EventIds.TargetRecovered))]
        public static partial void TargetRecovered(
            ILogger logger, string target, [LogProperties(OmitReferenceName = true)] OutageFields outage);

        [LoggerMessage(
            EventIds.ListingIncomplete, LogLevel.Warning,
            "The listing of target {Target} does not add up: {Listed} jobs were listed of {TotalCount}. What it shows is used, nothing is concluded from what it lacks.",
            EventName = nameof(EventIds.ListingIncomplete))]
        public static partial void ListingIncomplete(ILogger logger, string target, int listed, int totalCount);

        [LoggerMessage(
            EventIds.PollFailed, LogLevel.Warning,
            "A poll of target {Target} failed; more of the same is told once the state is unknown. {Reason}",
            EventName = nameof(EventIds.PollFailed))]
        public static partial void PollFailed(
            ILogger logger, string target, string reason,
            [LogProperties(OmitReferenceName = true)] OutageFields outage);

        [LoggerMessage(
            EventIds.PollRecovered, LogLevel.Information,
            "Polls of target {Target} are answered again, before its state became unknown.",
            EventName = nameof(EventIds.PollRecovered))]
        public static partial void PollRecovered(
            ILogger logger, string target, [LogProperties(OmitReferenceName = true)] OutageFields outage);

        [LoggerMessage(
            EventIds.JobsUnreadable, LogLevel.Warning,
            "{Malformed} of {Listed} jobs that target {Target} lists cannot be read; the others are watched.",
            EventName = nameof(EventIds.JobsUnreadable))]
        public static partial void JobsUnreadable(ILogger logger, string target, int malformed, int listed);

        [LoggerMessage(
            EventIds.WindowsUnreliable, LogLevel.Warning,
            "Listings by window cannot be relied on at target {Target}, so each of its polls lists all jobs from now on. {Reason}",
            EventName = nameof(EventIds.WindowsUnreliable))]
        public static partial void WindowsUnreliable(ILogger logger, string target, string reason);

        [LoggerMessage(
            EventIds.WindowsTriedAgain, LogLevel.Information,
            "Target {Target} is polled by windows again, as a trial.",
            EventName = nameof(EventIds.WindowsTriedAgain))]
        public static partial void WindowsTriedAgain(ILogger logger, string target);

        [LoggerMessage(
            EventIds.CommitRefused, LogLevel.Warning,
            "Another writer committed target {Target} during its poll; this poll's listing was thrown away.",
            EventName = nameof(EventIds.CommitRefused))]
        public static partial void CommitRefused(ILogger logger, string target);

        [LoggerMessage(
            EventIds.PollFaulted, LogLevel.Error,
            "A poll of target {Target} failed by a fault of JobWatcher itself, which is worth a report. Its polls go on; more of the same is not told.",
            EventName = nameof(EventIds.PollFaulted))]
        public static partial void PollFaulted(ILogger logger, Exception? exception, string target);

        [LoggerMessage(
            EventIds.StoreUnavailable, LogLevel.Error,
            "The store cannot be used, so polls are not taken in until it can. {Reason}",
            EventName = nameof(EventIds.StoreUnavailable))]
        public static partial void StoreUnavailable(ILogger logger, string reason);

        [LoggerMessage(
            EventIds.StoreAvailable, LogLevel.Information,
            "The store can be used again.",
            EventName = nameof(EventIds.StoreAvailable))]
        public static partial void StoreAvailable(ILogger logger);

        [LoggerMessage(LogLevel.Debug, "A poll of target {Target} ended with {Outcome} after {Seconds} s.")]
        public static partial void PollEnded(ILogger logger, string target, string outcome, double seconds);
    }
}
