using JobWatcher.Alerts;
using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Tests.Alerting.Receivers;

/// <summary>Alerts of which a test names only what matters to it.</summary>
internal static class SomeAlert
{
    public const string Target = "prod";

    public static readonly DateTimeOffset Noon = new(2024, 5, 6, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The alert of a job that failed ten seconds before that was seen.</summary>
    public static Alert Firing(string job = "job-1", DateTimeOffset? observed = null, AlertName? name = null)
    {
        var seen = observed ?? Noon;
        var key = new AlertKey(Target, name ?? AlertName.JobFailed, job);
        return new Alert
        {
            Id = AlertId.Of(key, seen),
            Key = key,
            Severity = "critical",
            Labels = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["severity"] = "critical", ["target"] = Target, ["job_id"] = job,
            },
            Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { ["summary"] = "It failed." },
            Job = job.Length == 0
                ? null
                : new ImmediateJob
                {
                    JobId = job, JobName = "CreateGaussDBforMySQLInstance", Status = JobStatus.Failed, EndedTime = seen.AddSeconds(-10),
                },
            StartedTime = seen.AddSeconds(-10),
            ObservedTime = seen,
        };
    }

    /// <summary>The alert as it ended, which was seen a second later.</summary>
    public static Alert EndedAt(this Alert alert, DateTimeOffset time) =>
        alert.Ended(EndReason.Completed, time, time.AddSeconds(1));
}
