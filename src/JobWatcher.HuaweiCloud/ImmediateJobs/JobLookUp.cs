using System.Text.RegularExpressions;
using JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

namespace JobWatcher.HuaweiCloud.ImmediateJobs;

/// <summary>What follows from the answer to a request for one job.</summary>
internal static partial class JobLookUp
{
    /// <summary>
    /// What follows from a list: the job is there, or an empty list says that it is gone. One that shows other ids comes
    /// from a server that ignores the filter, and one that is empty but counts jobs hides some: neither proves anything.
    /// </summary>
    public static LookUp Conclude(string jobId, ListingPage page)
    {
        foreach (var item in page.Items)
        {
            if (item.Job is { } job && job.JobId == jobId)
            {
                return new LookUp(LookUpVerdict.Found, job);
            }
        }

        return new LookUp(page.Items.Count == 0 && page.TotalCount is null or 0 ? LookUpVerdict.Gone : LookUpVerdict.Unproven);
    }

    /// <summary>
    /// What follows from an error. A 400 or 404 says that the job is gone only when the API itself speaks, not the gateway
    /// before it, and speaks of the job: a wrong endpoint or project is answered with the same status.
    /// </summary>
    /// <param name="jobId">The job looked for.</param>
    /// <param name="exception">The answer.</param>
    /// <param name="idAlone">Whether the id was all that was asked with, and so all that can be wrong.</param>
    public static LookUp Conclude(string jobId, CloudException exception, bool idAlone)
    {
        var isFromApi = exception is { HttpStatus: 400 or 404, WasNotSent: false, ErrorCode: { } code }
            && !code.StartsWith("APIGW.", StringComparison.OrdinalIgnoreCase);
        var isAboutJob = exception.Message.Contains(jobId, StringComparison.OrdinalIgnoreCase)
            || (idAlone && Job.IsMatch(exception.Message));
        return new LookUp(isFromApi && isAboutJob ? LookUpVerdict.Gone : LookUpVerdict.Unproven);
    }

    [GeneratedRegex(@"\b(?:job|job_id|job id|task)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Job { get; }
}
