using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Targets;
using JobWatcher.Snapshots;
using JobWatcher.Text;

namespace JobWatcher.Reporting.Metrics;

/// <summary>The gauges of one target's jobs. They are shown only while the target's state is known.</summary>
internal static class JobSamples
{
    private static readonly JobStatus[] AlwaysShown = [JobStatus.Pending, JobStatus.Running];

    /// <summary>Jobs by name and status, the last ends and the oldest open ones.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="labels">Its label values.</param>
    /// <param name="jobs">Its reported jobs.</param>
    /// <param name="now">The cloud's time.</param>
    public static IEnumerable<Sample> OfAll(
        string target, TargetLabels labels, IReadOnlyCollection<JobSnapshot> jobs, DateTimeOffset now)
    {
        var groups = jobs
            .Select(known => known.Job)
            .GroupBy(job => (Name: labels.JobNames.Of(job.JobName), Status: labels.Statuses.Of(job.Status.Value)))
            .ToDictionary(group => group.Key, group => group.ToList());

        foreach (var name in groups.Keys.Select(key => key.Name).Distinct(StringComparer.Ordinal).ToList())
        {
            foreach (var status in AlwaysShown)
            {
                groups.TryAdd((name, status.Value), []);
            }
        }

        foreach (var ((name, status), group) in groups)
        {
            (string, string)[] of = [("target", target), ("job_name", name), ("status", status)];
            yield return new Sample(MetricFamilies.Jobs, group.Count, of);

            if (group.Max(job => job.EndedTime) is { } lastEnd)
            {
                yield return new Sample(MetricFamilies.LastJobEnded, MetricTime.Seconds(lastEnd), of);
            }

            if (group.Where(job => job.Status.IsOpen).Min(job => job.CreatedTime) is { } oldest)
            {
                yield return new Sample(MetricFamilies.OldestOpenJobAge, Math.Max(0, (now - oldest).TotalSeconds), of);
            }
        }
    }

    /// <summary>The series of single open jobs.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="labels">Its label values.</param>
    /// <param name="chosen">The jobs that get series of their own.</param>
    public static IEnumerable<Sample> OfEach(string target, TargetLabels labels, IEnumerable<JobSnapshot> chosen)
    {
        // Ids that differ only in what no label shows would make the same series twice, and the scrape unreadable.
        foreach (var (id, known) in chosen
            .Select(known => (Id: LabelText.Bound(known.Job.JobId), Known: known))
            .DistinctBy(shown => shown.Id, StringComparer.Ordinal))
        {
            var job = known.Job;
            (string, string)[] of = [("target", target), ("job_id", id)];
            yield return new Sample(MetricFamilies.OpenJobInfo, 1,
            [
                .. of,
                ("job_name", labels.JobNames.Of(job.JobName)),
                ("status", labels.Statuses.Of(job.Status.Value)),
                ("instance_id", LabelText.Bound(job.InstanceId)),
                ("instance_name", LabelText.Bound(job.InstanceName)),
            ]);

            if (job.CreatedTime is { } created)
            {
                yield return new Sample(MetricFamilies.OpenJobCreated, MetricTime.Seconds(created), of);
            }

            if (known.StatusSince is { } since)
            {
                yield return new Sample(MetricFamilies.OpenJobStatusSince, MetricTime.Seconds(since), of);
            }

            if (Progress.Percent(job.Process) is { } percent)
            {
                yield return new Sample(MetricFamilies.OpenJobProgress, percent / 100, of);
            }
        }
    }
}
