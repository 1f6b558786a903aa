using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Planning;
using JobWatcher.Snapshots;
using JobWatcher.Text;

namespace JobWatcher.Alerts;

/// <summary>Makes the alerts of one target as they start, with all that is fixed from then on (rule A1 of the protocol).</summary>
/// <param name="target">The target.</param>
/// <param name="jobNames">The values of the label <c>job_name</c>.</param>
/// <param name="now">When the starts are seen, by the cloud's clock.</param>
/// <param name="ownNow">The same moment by the watcher's own clock.</param>
internal sealed class AlertFactory(
    WatchedTarget target, BoundedLabels jobNames, DateTimeOffset now, DateTimeOffset ownNow)
{
    /// <summary>An alert about a job's bad end.</summary>
    public Alert OfEnd(AlertName name, string severity, ImmediateJob job) => Make(
        name, severity, job, job.EndedTime ?? now, AlertTexts.OfJob(name, target, job));

    /// <summary>An alert about a job that stays in its status.</summary>
    public Alert OfStuck(ImmediateJob job, DateTimeOffset statusSince, TimeSpan threshold) => Make(
        AlertName.JobStuck,
        target.Rules.Stuck.Severity,
        job,
        statusSince + threshold,
        AlertTexts.OfJob(AlertName.JobStuck, target, job, threshold));

    /// <summary>The alert about the target itself.</summary>
    public Alert OfTarget() => Make(
        AlertName.TargetUnreachable, target.Rules.Unreachable.Severity, job: null, now, AlertTexts.OfTarget(target));

    private Alert Make(
        AlertName name,
        string severity,
        ImmediateJob? job,
        DateTimeOffset started,
        IReadOnlyDictionary<string, string> annotations)
    {
        var key = new AlertKey(target.Name, name, job?.JobId ?? "");
        return new Alert
        {
            Id = AlertId.Of(key, ownNow),
            Key = key,
            Severity = severity,
            Labels = LabelsOf(severity, job),
            Annotations = annotations,
            Job = job,
            // The cloud tells times of jobs to the second, so one may lie a moment after its listing.
            StartedTime = started < now ? started : now,
            ObservedTime = now,
        };
    }

    private Dictionary<string, string> LabelsOf(string severity, ImmediateJob? job)
    {
        var labels = new Dictionary<string, string>(target.Labels, StringComparer.Ordinal)
        {
            [AlertLabels.Severity] = severity,
            [AlertLabels.Target] = target.Name,
            [AlertLabels.Region] = target.Region,
            [AlertLabels.ProjectId] = target.ProjectId,
        };
        if (job is not null)
        {
            labels[AlertLabels.JobName] = jobNames.Of(job.JobName);
            labels[AlertLabels.JobId] = LabelText.Bound(job.JobId);
            labels[AlertLabels.InstanceId] = LabelText.Bound(job.InstanceId);
            labels[AlertLabels.InstanceName] = LabelText.Bound(job.InstanceName);
        }

        // To Prometheus and Alertmanager an empty label is none.
        return labels.Where(label => label.Value.Length > 0).ToDictionary(StringComparer.Ordinal);
    }
}
