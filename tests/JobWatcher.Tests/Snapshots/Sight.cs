using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;

namespace JobWatcher.Tests.Snapshots;

/// <summary>Jobs, listings and polls of which a test names only what matters to it.</summary>
internal static class Sight
{
    /// <summary>The cloud time of the first answered poll.</summary>
    public static readonly DateTimeOffset Noon = new(2024, 5, 6, 12, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public static readonly DateTimeOffset BeforeNoon = Noon.AddHours(-1);

    public static ImmediateJob Job(
        string id, JobStatus status, DateTimeOffset? created = null, DateTimeOffset? ended = null) =>
        new()
        {
            JobId = id,
            JobName = "RebootGaussDBforMySQLInstance",
            Status = status,
            CreatedTime = created,
            EndedTime = ended,
        };

    public static ImmediateJob Running(string id = "a") => Job(id, JobStatus.Running, BeforeNoon);

    public static Listing Complete(params IReadOnlyList<ImmediateJob> jobs) => new()
    {
        Jobs = jobs,
        IsComplete = true,
        TotalCount = jobs.Count,
        Listed = jobs.Count,
        CloudTime = Noon,
    };

    public static Listing Incomplete(params IReadOnlyList<ImmediateJob> jobs) =>
        Complete(jobs) with { IsComplete = false, TotalCount = jobs.Count + 1 };

    /// <summary>The observation of one poll.</summary>
    public static Observation At(DateTimeOffset cloudTime, Listing listing) => new()
    {
        Listing = listing,
        IsCovering = listing.IsComplete,
        CloudTime = cloudTime,
        ObservedTime = cloudTime.AddMilliseconds(250),
    };

    public static Observation With(this Observation observation, string jobId, LookUp lookUp) =>
        observation with { LookUps = new Dictionary<string, LookUp>(observation.LookUps) { [jobId] = lookUp } };

    public static Observation Remembering(this Observation observation, JobSnapshot known) =>
        observation with { Remembered = new Dictionary<string, JobSnapshot> { [known.Job.JobId] = known } };

    /// <summary>What a target knows after its first poll, at noon, showed these jobs.</summary>
    public static Snapshot SnapshotOf(params IReadOnlyList<ImmediateJob> jobs) =>
        SnapshotDiff.Compute(Snapshot.Empty, At(Noon, Complete(jobs))).Next;

    /// <summary>A step as <c>a: Pending -> Running</c>.</summary>
    public static string Tell(this Transition step) => $"{step.Job.JobId}: {step.From} -> {step.To}";
}
