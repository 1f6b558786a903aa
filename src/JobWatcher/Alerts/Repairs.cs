using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Alerts;

/// <summary>
/// Rule A3 of the protocol: what makes a job's bad end good again. A later job of that name that completes on the same
/// instance, or the end of the instance itself.
/// </summary>
internal static class Repairs
{
    private const string Create = "CreateGaussDBforMySQLInstance";
    private const string Delete = "DeleteGaussDBforMySQLInstance";

    /// <summary>Why the end of <paramref name="broken"/> matters no more for <paramref name="other"/>; null where it does.</summary>
    public static EndReason? By(ImmediateJob other, ImmediateJob broken)
    {
        if (other.Status != JobStatus.Completed || other.JobId == broken.JobId)
        {
            return null;
        }

        if (other.JobName == broken.JobName && other.CreatedTime > broken.CreatedTime && IsSameInstance(other, broken))
        {
            return EndReason.Completed;
        }

        return other.JobName == Delete && IsSame(other.InstanceId, broken.InstanceId) ? EndReason.Deleted : null;
    }

    // A creation that failed leaves no instance whose id a second try could share.
    private static bool IsSameInstance(ImmediateJob other, ImmediateJob broken) => broken.JobName == Create
        ? IsSame(other.InstanceName, broken.InstanceName)
        : IsSame(other.InstanceId, broken.InstanceId);

    private static bool IsSame(string? left, string? right) => !string.IsNullOrEmpty(left) && left == right;
}
