using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Listing;

/// <summary>One answer's share of a listing.</summary>
/// <param name="MalformedItems">Items in JSON that head the page.</param>
/// <param name="Jobs">The jobs that follow, newest first.</param>
/// <param name="MadeUpJobs">Jobs that nobody put, at the end of an endless list.</param>
/// <param name="TotalCount">As told, which may be a lie.</param>
/// <param name="ActionNames">Null on older servers.</param>
internal sealed record JobPage(
    IReadOnlyList<string> MalformedItems,
    IReadOnlyList<SimulatedJob> Jobs,
    IReadOnlyList<SimulatedJob> MadeUpJobs,
    int TotalCount,
    IReadOnlyList<string>? ActionNames)
{
    public static JobPage Read(SimulatedProject project, ListRequest request, Fault fault, Func<SimulatedJob> makeUp)
    {
        var size = Math.Max(0, fault.PageSize ?? request.Limit);
        var skip = Skip(project.Options, request.Offset, size);
        var malformed = fault.MalformedJobs ?? 0;
        var items = Enumerable.Range(0, malformed).Skip(skip).Take(size).Select(MalformedJobs.At).ToList();
        var slice = project.Read(
            Filter(request.Filter, fault),
            Math.Max(0, skip - malformed),
            size - items.Count,
            fault.Lag.GetValueOrDefault());
        var missing = fault.Endless == true ? size - items.Count - slice.Jobs.Count : 0;
        return new JobPage(
            items,
            slice.Jobs,
            [.. Enumerable.Range(0, missing).Select(_ => makeUp())],
            slice.TotalCount + malformed + fault.TotalCountOffset.GetValueOrDefault(),
            project.Options.ActionNames ? slice.JobNames : null);
    }

    private static JobFilter Filter(JobFilter asked, Fault fault) => asked with
    {
        JobId = fault.IgnoresJobId == true ? null : asked.JobId,
        Start = fault.IgnoresWindow == true ? null : asked.Start,
        End = fault.IgnoresWindow == true ? null : asked.End,
    };

    private static int Skip(ProjectOptions options, int? offset, int size) => options.Paging switch
    {
        PagingMode.RecordOffset => offset ?? (options.HideFirstRecord ? 1 : 0),
        _ => (int)Math.Min(int.MaxValue, (Math.Max(1L, offset ?? 1) - 1) * size),
    };
}
