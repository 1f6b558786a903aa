using static JobWatcher.Reporting.Metrics.MetricKind;

namespace JobWatcher.Reporting.Metrics;

/// <summary>
/// All metrics that come from state, in the order of the reference page <c>docs/metrics.md</c>. Those that measure how
/// long something took are in <see cref="DurationHistograms"/>.
/// </summary>
internal static class MetricFamilies
{
    public static readonly MetricFamily Jobs = new(
        "jobwatcher_jobs", Gauge, "Jobs that the API lists, by status; absent while the target's state is unknown.");

    public static readonly MetricFamily JobTransitions = new(
        "jobwatcher_job_transitions_total", Counter, "Observed transitions; None stands for not listed. Durable.");

    public static readonly MetricFamily JobFailures = new(
        "jobwatcher_job_failures_total", Counter, "Observed transitions to Failed. Durable.");

    public static readonly MetricFamily EndedJobs = new(
        "jobwatcher_ended_jobs_total", Counter, "Jobs whose end was observed, by status. Durable.");

    public static readonly MetricFamily EndedJobSeconds = new(
        "jobwatcher_ended_job_seconds_total", Counter, "Time from created to ended of the jobs whose end was observed. Durable.");

    public static readonly MetricFamily LastJobEnded = new(
        "jobwatcher_last_job_ended_timestamp_seconds", Gauge, "When the last listed job of this name and status ended.");

    public static readonly MetricFamily OldestOpenJobAge = new(
        "jobwatcher_oldest_open_job_age_seconds", Gauge, "Time since the oldest open job was created, by the cloud's clock.");

    public static readonly MetricFamily OpenJobInfo = new(
        "jobwatcher_open_job_info", Gauge, "1 for each open job, the oldest first, up to the limits.");

    public static readonly MetricFamily OpenJobCreated = new(
        "jobwatcher_open_job_created_timestamp_seconds", Gauge, "When the open job was created.");

    public static readonly MetricFamily OpenJobStatusSince = new(
        "jobwatcher_open_job_status_since_timestamp_seconds", Gauge, "Since when the open job has its status.");

    public static readonly MetricFamily OpenJobProgress = new(
        "jobwatcher_open_job_progress_ratio", Gauge, "Progress of the open job from 0 to 1; absent where the API tells none.");

    public static readonly MetricFamily OpenJobsDropped = new(
        "jobwatcher_open_jobs_dropped", Gauge, "Open jobs beyond the limits, without series of their own.");

    public static readonly MetricFamily ActiveAlert = new(
        "jobwatcher_active_alert", Gauge, "1 for each alert that fires now.");

    public static readonly MetricFamily TargetInfo = new(
        "jobwatcher_target_info", Gauge, "1 for each target, with what is configured for it.");

    public static readonly MetricFamily TargetUp = new(
        "jobwatcher_target_up", Gauge, "Whether the last poll was answered; 0 before the first.");

    public static readonly MetricFamily LastSuccessfulPoll = new(
        "jobwatcher_last_successful_poll_timestamp_seconds", Gauge, "When the last answered poll ended; 0 before the first.");

    public static readonly MetricFamily LastCompleteListing = new(
        "jobwatcher_last_complete_listing_timestamp_seconds", Gauge, "When the last complete listing ended; 0 before the first.");

    public static readonly MetricFamily WindowsUnreliable = new(
        "jobwatcher_target_windows_unreliable", Gauge, "Whether listings by window were found wanting, so that each poll lists all jobs.");

    public static readonly MetricFamily LastPollDuration = new(
        "jobwatcher_last_poll_duration_seconds", Gauge, "How long the last poll took.");

    public static readonly MetricFamily PollInterval = new(
        "jobwatcher_poll_interval_seconds", Gauge, "The time between the starts of two polls, as stretched by the budget.");

    public static readonly MetricFamily Polls = new(
        "jobwatcher_polls_total", Counter, "Polls by outcome, since the process started.");

    public static readonly MetricFamily ApiRequests = new(
        "jobwatcher_api_requests_total", Counter, "HTTP requests sent, retries included; code none stands for no answer.");

    public static readonly MetricFamily RequestBudgetRemaining = new(
        "jobwatcher_request_budget_remaining_ratio", Gauge, "What is left of the request budget now, from 1 to 0.");

    public static readonly MetricFamily UnreportedTransitions = new(
        "jobwatcher_unreported_transitions", Gauge, "Transitions that are committed but not reported yet.");

    public static readonly MetricFamily Notifications = new(
        "jobwatcher_notifications_total", Counter, "Notifications sent to a receiver of alerts, by what became of them.");

    public static readonly MetricFamily NotificationsPending = new(
        "jobwatcher_notifications_pending", Gauge, "Starts and ends of alerts that a receiver has not accepted yet.");

    public static readonly MetricFamily ConfigLastReloadSuccessful = new(
        "jobwatcher_config_last_reload_successful", Gauge, "Whether the configuration was valid when it was last read.");

    public static readonly MetricFamily ConfigLastReloadSuccess = new(
        "jobwatcher_config_last_reload_success_timestamp_seconds", Gauge, "When a valid configuration was last read.");

    public static readonly MetricFamily StoreUp = new(
        "jobwatcher_store_up", Gauge, "Whether the store could be used the last time.");

    public static readonly MetricFamily ConfiguredTargets = new(
        "jobwatcher_configured_targets", Gauge, "Targets in the configuration.");

    public static readonly MetricFamily OwnedTargets = new(
        "jobwatcher_owned_targets", Gauge, "Targets that this process polls and exports.");

    public static readonly MetricFamily BuildInfo = new(
        "jobwatcher_build_info", Gauge, "1, with the version of the program and of its runtime.");

    /// <summary>All of the above.</summary>
    public static readonly IReadOnlyList<MetricFamily> All =
    [
        Jobs, JobTransitions, JobFailures, EndedJobs, EndedJobSeconds, LastJobEnded, OldestOpenJobAge, OpenJobInfo,
        OpenJobCreated, OpenJobStatusSince, OpenJobProgress, OpenJobsDropped, ActiveAlert, TargetInfo, TargetUp, LastSuccessfulPoll,
        LastCompleteListing, WindowsUnreliable, LastPollDuration, PollInterval, Polls, ApiRequests, RequestBudgetRemaining,
        UnreportedTransitions, Notifications, NotificationsPending,
        ConfigLastReloadSuccessful, ConfigLastReloadSuccess, StoreUp, ConfiguredTargets, OwnedTargets, BuildInfo,
    ];
}
