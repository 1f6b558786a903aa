namespace JobWatcher.Simulator.Jobs;

/// <summary>Which jobs a listing asks for; null asks for all. Both bounds of the window belong to it.</summary>
internal sealed record JobFilter(
    string? Status = null,
    string? JobName = null,
    string? JobId = null,
    DateTimeOffset? Start = null,
    DateTimeOffset? End = null)
{
    public bool IsWindow => Start is not null || End is not null;

    public bool Matches(SimulatedJob job)
        => (Status is null || job.Status == Status)
        && (JobName is null || job.JobName == JobName)
        && (!IsWindow || job.Created is { } created && created >= (Start ?? created) && created <= (End ?? created));
}
