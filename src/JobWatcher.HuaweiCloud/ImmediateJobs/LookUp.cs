namespace JobWatcher.HuaweiCloud.ImmediateJobs;

/// <summary>What a look-up of one job by its id said.</summary>
/// <param name="Verdict">What follows from the answer.</param>
/// <param name="Job">The job, with <see cref="LookUpVerdict.Found"/> only.</param>
public sealed record LookUp(LookUpVerdict Verdict, ImmediateJob? Job = null);

/// <summary>What follows from a look-up's answer.</summary>
public enum LookUpVerdict
{
    /// <summary>Nothing: an error, or an answer that shows other ids, as a server does that ignores the filter.</summary>
    Unproven,

    /// <summary>The job is there.</summary>
    Found,

    /// <summary>The API says that there is no such job: an empty list, or a 400 or 404 about that id.</summary>
    Gone,
}
