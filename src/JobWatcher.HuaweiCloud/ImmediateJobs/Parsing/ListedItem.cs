namespace JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

/// <summary>One element of a listing's array, whatever it is.</summary>
/// <param name="JobId">Its id; null where it cannot be read.</param>
/// <param name="Job">The job; null where it cannot be read as one.</param>
/// <param name="ContentHash">128 bits of SHA-256 over its text, which tell elements without an id apart.</param>
internal readonly record struct ListedItem(string? JobId, ImmediateJob? Job, UInt128 ContentHash)
{
    /// <summary>How many characters of text it holds.</summary>
    public int Characters => Length(JobId) + (Job is null
        ? 0
        : Length(Job.JobName) + Length(Job.Status.Value) + Length(Job.Process) + Length(Job.InstanceId) + Length(Job.InstanceName)
        + Length(Job.InstanceStatus) + Length(Job.OrderId) + Length(Job.FailReason));

    private static int Length(string? text) => text?.Length ?? 0;
}
