namespace JobWatcher.Simulator.Jobs;

/// <summary>A stretch of one of the index's lists, read from its newest job.</summary>
internal readonly record struct JobRange(SortedJobs Ascending, int From, int To)
{
    public int Count => To - From;

    public IEnumerable<SimulatedJob> NewestFirst(int skip, int take)
    {
        for (var index = To - 1 - skip; index >= From && take > 0; index--, take--)
        {
            yield return Ascending[index].Job;
        }
    }
}
