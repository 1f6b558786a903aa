using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Scenarios;

/// <summary>A job from its creation to its end, decided when it is created.</summary>
/// <param name="JobId">Identifies the job.</param>
/// <param name="JobName">One of the reference's.</param>
/// <param name="OrderId">Empty unless billed yearly or monthly.</param>
/// <param name="OpenEndedTime">What stands for the ended time while there is none: null or nothing.</param>
/// <param name="Instance">What it works on.</param>
/// <param name="Phases">In order; the first is the creation.</param>
internal sealed record JobStory(
    string JobId,
    string JobName,
    string OrderId,
    string? OpenEndedTime,
    InstanceStory Instance,
    IReadOnlyList<JobPhase> Phases)
{
    /// <summary>The cloud keeps jobs for about a month.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    public DateTimeOffset Created => Phases[0].From;

    /// <summary>Null for a job that hangs.</summary>
    public DateTimeOffset? Ended => IsEnded(Phases[^1]) ? Phases[^1].From : null;

    /// <summary>When it leaves the list; null where it never does.</summary>
    public DateTimeOffset? Forgotten => Ended + Retention;

    /// <summary>The job as it is listed at a time of the scenario.</summary>
    public SimulatedJob At(DateTimeOffset time, ScenarioClock clock)
    {
        var phase = Phases[^1].From <= time ? Phases[^1] : Phases.Last(phase => phase.From <= time);
        var instance = Instance.At(time);
        return new SimulatedJob
        {
            InstanceId = Instance.Id,
            InstanceName = instance.Name,
            InstanceStatus = instance.Status,
            JobId = JobId,
            OrderId = OrderId,
            JobName = JobName,
            Status = phase.Status,
            Process = phase.Process,
            CreatedTime = CloudTime.Format(clock.ToCloud(Created)),
            EndedTime = IsEnded(phase) ? CloudTime.Format(clock.ToCloud(phase.From)) : OpenEndedTime,
            FailReason = phase.FailReason,
        };
    }

    private static bool IsEnded(JobPhase phase)
        => phase.Status is JobStatuses.Completed or JobStatuses.Failed or JobStatuses.Canceled;
}
