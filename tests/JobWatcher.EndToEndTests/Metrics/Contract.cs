namespace JobWatcher.EndToEndTests.Metrics;

/// <summary>A metric as the public contract names it.</summary>
internal sealed record ContractMetric(string Name, string Type, params string[] Labels);

/// <summary>The metrics that users rely on, with all their labels.</summary>
internal static class Contract
{
    public static readonly IReadOnlyList<ContractMetric> Metrics =
    [
        new("jobwatcher_jobs", "gauge", "target", "job_name", "status"),
        new("jobwatcher_job_transitions_total", "counter", "target", "job_name", "from", "to"),
        new("jobwatcher_job_failures_total", "counter", "target", "job_name"),
        new("jobwatcher_ended_jobs_total", "counter", "target", "job_name", "status"),
        new("jobwatcher_ended_job_seconds_total", "counter", "target", "job_name", "status"),
        new("jobwatcher_job_duration_seconds", "histogram", "job_name", "status"),
        new("jobwatcher_last_job_ended_timestamp_seconds", "gauge", "target", "job_name", "status"),
        new("jobwatcher_oldest_open_job_age_seconds", "gauge", "target", "job_name", "status"),
        new("jobwatcher_open_job_info", "gauge", "target", "job_id", "job_name", "status", "instance_id", "instance_name"),
        new("jobwatcher_open_job_created_timestamp_seconds", "gauge", "target", "job_id"),
        new("jobwatcher_open_job_status_since_timestamp_seconds", "gauge", "target", "job_id"),
        new("jobwatcher_open_job_progress_ratio", "gauge", "target", "job_id"),
        new("jobwatcher_open_jobs_dropped", "gauge", "target"),
        new(
            "jobwatcher_active_alert", "gauge", "target", "alert", "severity", "region", "project_id", "job_name", "job_id",
            "instance_id", "instance_name", "team"),
        new("jobwatcher_target_info", "gauge", "target", "project_id", "region", "api_endpoint", "credentials", "team"),
        new("jobwatcher_target_up", "gauge", "target"),
        new("jobwatcher_last_successful_poll_timestamp_seconds", "gauge", "target"),
        new("jobwatcher_last_complete_listing_timestamp_seconds", "gauge", "target"),
        new("jobwatcher_target_windows_unreliable", "gauge", "target"),
        new("jobwatcher_last_poll_duration_seconds", "gauge", "target"),
        new("jobwatcher_poll_interval_seconds", "gauge", "target"),
        new("jobwatcher_polls_total", "counter", "target", "outcome"),
        new("jobwatcher_poll_duration_seconds", "histogram", "outcome"),
        new("jobwatcher_api_requests_total", "counter", "target", "operation", "code"),
        new("jobwatcher_request_budget_remaining_ratio", "gauge", "credentials"),
        new("jobwatcher_unreported_transitions", "gauge", "target", "reporter"),
        new("jobwatcher_notifications_total", "counter", "receiver", "outcome"),
        new("jobwatcher_notifications_pending", "gauge", "receiver"),
        new("jobwatcher_notification_latency_seconds", "histogram", "receiver"),
        new("jobwatcher_config_last_reload_successful", "gauge"),
        new("jobwatcher_config_last_reload_success_timestamp_seconds", "gauge"),
        new("jobwatcher_store_up", "gauge"),
        new("jobwatcher_configured_targets", "gauge"),
        new("jobwatcher_owned_targets", "gauge"),
        new("jobwatcher_store_commit_duration_seconds", "histogram"),
        new("jobwatcher_build_info", "gauge", "version", "revision", "runtime"),
    ];
}
