using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Reporting;

/// <summary>Transitions as the log holds them.</summary>
internal static class Steps
{
    /// <summary>A step with everything known.</summary>
    public static readonly CommittedTransition Full = Committed(new Transition
    {
        Job = new ImmediateJob
        {
            JobId = "31a4c5ff-1b5a-4c5e-9f0e-3f0d1f0a0001",
            JobName = "RebootGaussDBforMySQLInstance",
            Status = JobStatus.Failed,
            Process = "70%",
            InstanceId = "a1b2c3d4e5f60718293a4b5c6d7e8f90in07",
            InstanceName = "orders",
            InstanceStatus = "abnormal",
            OrderId = "CS2405061200ABCDE",
            CreatedTime = BeforeNoon,
            EndedTime = BeforeNoon.AddSeconds(90.5),
            FailReason = "Single task exception.",
        },
        From = JobStatus.Running,
        To = JobStatus.Failed,
        ObservedTime = Noon.ToOffset(TimeSpan.FromHours(8)).AddMilliseconds(125),
    });

    /// <summary>A step of a job of which the API tells nothing but what it must.</summary>
    public static readonly CommittedTransition Bare = Of(JobStatus.Pending, JobStatus.Running);

    /// <summary>A step from one status to another.</summary>
    public static CommittedTransition Of(JobStatus from, JobStatus to) => Committed(
        new Transition { Job = Job("a", to), From = from, To = to, ObservedTime = Noon });

    private static CommittedTransition Committed(Transition step) => new()
    {
        Id = TransitionId.Of("cn-north-4", "619d3e78f61b4be68bc5aa0b59edcf7b", step, occurrence: 1),
        Target = "prod",
        ProjectId = "619d3e78f61b4be68bc5aa0b59edcf7b",
        Region = "cn-north-4",
        Sequence = 1,
        Labels = new Dictionary<string, string> { ["team"] = "payments" },
        Transition = step,
    };
}
