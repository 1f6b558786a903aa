using JobWatcher.Alerts;
using JobWatcher.Alerts.Rules;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Planning;
using JobWatcher.Polling.Targets;
using JobWatcher.Snapshots;
using JobWatcher.Tests.Polling;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Alerting;

/// <summary>Jobs, sights and alerts of which a test names only what matters to it.</summary>
internal static class Firing
{
    public const string Create = "CreateGaussDBforMySQLInstance";
    public const string Delete = "DeleteGaussDBforMySQLInstance";

    /// <summary>A job of the instance <c>i</c> that was created at noon and ended a minute later.</summary>
    public static ImmediateJob Ended(string id, JobStatus status, string? instance = "i") =>
        Job(id, status, Noon, Noon.AddMinutes(1)) with { InstanceId = instance, InstanceName = "gauss-" + instance };

    /// <summary>A target whose rules are the defaults with all of them on, but for what a test changes.</summary>
    public static WatchedTarget Target(Func<AlertRules, AlertRules>? change = null)
    {
        var rules = new AlertRules();
        rules = rules with { Canceled = rules.Canceled with { IsEnabled = true } };
        return WatchRig.TargetNamed("prod") with { Rules = change?.Invoke(rules) ?? rules };
    }

    public static AlertSight SightOf(
        IEnumerable<ImmediateJob> jobs, DateTimeOffset? cloudTime = null, WatchedTarget? target = null) => new()
    {
        Target = target ?? Target(),
        Snapshot = Snapshot.Of(Noon, jobs.Select(job => new JobSnapshot { Job = job, StatusSince = job.CreatedTime })),
        JobNames = TargetLabels.Starting(100).JobNames,
        CloudTime = cloudTime ?? Noon.AddMinutes(2),
        OwnTime = cloudTime ?? Noon.AddMinutes(2),
    };

    public static Transition StepTo(ImmediateJob job) =>
        new() { Job = job, From = JobStatus.Running, To = job.Status, ObservedTime = Noon.AddMinutes(2) };

    /// <summary>What a poll decides that shows these jobs, all of them changed since the last.</summary>
    public static AlertChanges Poll(
        IReadOnlyList<Alert> firing, params IReadOnlyList<ImmediateJob> jobs) => PollAlerts.AfterAnswer(
        firing,
        SightOf(jobs),
        [.. jobs.Select(job => new JobSnapshot { Job = job })],
        [.. jobs.Where(job => job.Status.IsEnded && firing.All(alert => alert.Job?.JobId != job.JobId)).Select(StepTo)],
        isBaseline: false);

    /// <summary>The alert of a job that failed.</summary>
    public static Alert OfFailed(ImmediateJob job) => Poll([], job).Started.Single();

    /// <summary>An alert as <c>JobFailed a completed</c>.</summary>
    public static string Tell(this Alert alert) => $"{alert.Key.Name} {alert.Key.JobId} {alert.EndReason}".Trim();
}
