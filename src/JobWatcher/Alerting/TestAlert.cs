using JobWatcher.Alerts;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Planning;
using JobWatcher.Polling.Targets;

namespace JobWatcher.Alerting;

/// <summary>An alert about nothing, which goes the way of a <c>JobFailed</c> of a target and says that it is a test.</summary>
internal static class TestAlert
{
    private const string Summary = "This is a test of JobWatcher's alerts: no job failed.";

    /// <summary>Makes one that has another identity each second.</summary>
    public static Alert Of(WatchedTarget target, DateTimeOffset now)
    {
        var job = new ImmediateJob
        {
            JobId = $"test-{now.ToUnixTimeSeconds()}",
            JobName = "TestAlert",
            Status = JobStatus.Failed,
            InstanceId = "test",
            InstanceName = "test",
            CreatedTime = now,
            EndedTime = now,
            FailReason = Summary,
        };
        var names = TargetLabels.Starting(target.JobNameLimit).JobNames.Admitting([job.JobName]);
        var alert = new AlertFactory(target, names, now, ownNow: now).OfEnd(AlertName.JobFailed, target.Rules.Failed.Severity, job);
        return alert with
        {
            Annotations = new Dictionary<string, string>(alert.Annotations, StringComparer.Ordinal)
            {
                [AlertTexts.Summary] = Summary,
                [AlertTexts.Description] = $"{Summary} Somebody ran test-alert. Alerts of target {target.Name} look like this.",
            },
        };
    }
}
