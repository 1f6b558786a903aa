using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Planning;
using JobWatcher.Text;

namespace JobWatcher.Alerts;

/// <summary>What alerts say to people: their annotations.</summary>
internal static class AlertTexts
{
    /// <summary>Where a page on the alert is.</summary>
    public const string Runbook = "runbook_url";

    /// <summary>Why the job failed, in the cloud's words.</summary>
    public const string FailReason = "fail_reason";

    /// <summary>What is wrong, in a sentence.</summary>
    public const string Summary = "summary";

    /// <summary>The same with all that helps.</summary>
    public const string Description = "description";

    private const int MostReasonCharacters = 1000;

    /// <summary>The annotations of an alert about a job.</summary>
    /// <param name="name">The alert.</param>
    /// <param name="target">The job's target.</param>
    /// <param name="job">The job.</param>
    /// <param name="threshold">For <see cref="AlertName.JobStuck"/>, how long is too long.</param>
    public static IReadOnlyDictionary<string, string> OfJob(
        AlertName name, WatchedTarget target, ImmediateJob job, TimeSpan threshold = default)
    {
        var what = LabelText.Bound(job.JobName.Length == 0 ? "A job" : job.JobName);
        var id = LabelText.Bound(job.JobId);
        var where = LabelText.Bound(job.InstanceName ?? job.InstanceId ?? "an unnamed instance");
        var status = LabelText.Bound(job.Status.Value);
        var (summary, description) = name == AlertName.JobFailed
            ? ($"{what} failed on {where}.",
                $"The operation {what} ({id}) on {where} in {target.Region} failed. It stays so until somebody repeats or repairs it.")
            : name == AlertName.JobCanceled
            ? ($"{what} was canceled on {where}.",
                $"The operation {what} ({id}) on {where} in {target.Region} was canceled before it came to its end.")
            : ($"{what} is stuck in {status} on {where}.",
                $"The operation {what} ({id}) on {where} in {target.Region} has been {status} for more than {Text.Duration.Of(threshold)}.");

        var annotations = Of(name, target, summary, description);
        if (LabelText.Within(MostReasonCharacters, job.FailReason) is { Length: > 0 } reason)
        {
            annotations[FailReason] = reason;
        }

        return annotations;
    }

    /// <summary>The annotations of <see cref="AlertName.TargetUnreachable"/>.</summary>
    public static IReadOnlyDictionary<string, string> OfTarget(WatchedTarget target) => Of(
        AlertName.TargetUnreachable,
        target,
        $"What happens at target {target.Name} is unknown.",
        $"Polls of the target {target.Name} in {target.Region} have not been answered for too long. Operations may fail or hang there unseen.");

    private static Dictionary<string, string> Of(
        AlertName name, WatchedTarget target, string summary, string description) =>
        new(StringComparer.Ordinal)
        {
            [Summary] = summary,
            [Description] = description,
            [Runbook] = $"{target.Rules.Runbooks.AbsoluteUri.TrimEnd('/')}/{name}",
        };
}
