using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Polling.Windows;

/// <summary>What a poll lists, and which jobs it looks up instead (rules L3 and L4 of the protocol). Pure.</summary>
internal sealed record PollWindow
{
    /// <summary>All jobs are listed.</summary>
    public static readonly PollWindow Full = new();

    /// <summary>Jobs created from this time on are listed, a whole second; null for a full listing.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>The ids of the open jobs before the window, which are looked up.</summary>
    public IReadOnlyList<string> LookedUp { get; init; } = [];

    /// <summary>Whether all jobs are listed.</summary>
    public bool IsFull => Start is null;

    /// <summary>Chooses what the next poll asks for.</summary>
    /// <param name="target">The target's row.</param>
    /// <param name="snapshot">The last snapshot.</param>
    /// <param name="notFound">Jobs that the last poll looked up in vain: the list must show these.</param>
    /// <param name="cloudNow">
    /// The cloud's time; null before the first answer of this process, which alone tells whether a full listing is due.
    /// </param>
    /// <param name="overlap">How far the window reaches back before the bookmark.</param>
    /// <param name="fullListingEvery">The time between two full listings.</param>
    public static PollWindow Choose(
        TargetRecord target,
        Snapshot snapshot,
        IReadOnlySet<string> notFound,
        DateTimeOffset? cloudNow,
        TimeSpan overlap,
        TimeSpan fullListingEvery)
    {
        if (target is not { Bookmark: { } bookmark, LastFullListing: { } lastFull, WindowsUnreliableSince: null } ||
            IsFar(cloudNow, lastFull, fullListingEvery))
        {
            return Full;
        }

        var start = bookmark - overlap;
        var mayBeLookedUp = new List<ImmediateJob>();
        foreach (var (id, known) in snapshot.Open)
        {
            if (known.Missed >= MissingJobs.ListingsToConclude)
            {
                // Whether it is gone rests on look-ups, which have their own turns.
                continue;
            }

            if (known.Missed == 0 && !notFound.Contains(id))
            {
                mayBeLookedUp.Add(known.Job);
            }
            else if (known.Job.CreatedTime is { } created)
            {
                start = created < start ? created : start;
            }
            else
            {
                return Full;
            }
        }

        // A job without a created time is in no window.
        mayBeLookedUp.RemoveAll(job => job.CreatedTime >= start);
        return mayBeLookedUp.Count == 0 ? new PollWindow { Start = WholeSecond(start) } : Cheapest(snapshot, start, mayBeLookedUp);
    }

    // Each page is a request, and so is each look-up. Between equals the one that lists more is chosen.
    private static PollWindow Cheapest(Snapshot snapshot, DateTimeOffset latestStart, List<ImmediateJob> before)
    {
        var starts = before.Select(job => job.CreatedTime).OfType<DateTimeOffset>().Append(latestStart).Distinct().Order().ToList();
        var listed = CountFrom(starts, snapshot.Jobs.Select(known => known.Value.Job));
        var reached = CountFrom(starts, before);
        var (requests, index) = starts
            .Select((_, index) => (Requests: PagesFor(listed[index]) + before.Count - reached[index], Index: index))
            .MinBy(choice => choice.Requests);
        return PagesFor(snapshot.Jobs.Count) < requests
            ? Full
            : new PollWindow
            {
                Start = WholeSecond(starts[index]),
                LookedUp = [.. before.Where(job => !(job.CreatedTime >= starts[index])).Select(job => job.JobId)],
            };
    }

    // How many of the jobs a window from each start would list.
    private static int[] CountFrom(List<DateTimeOffset> starts, IEnumerable<ImmediateJob> jobs)
    {
        var counts = new int[starts.Count];
        foreach (var job in jobs)
        {
            if (job.CreatedTime is { } created && created >= starts[0])
            {
                var found = starts.BinarySearch(created);
                counts[found >= 0 ? found : ~found - 1]++;
            }
        }

        for (var index = counts.Length - 2; index >= 0; index--)
        {
            counts[index] += counts[index + 1];
        }

        return counts;
    }

    private static int PagesFor(int jobs) => Math.Max(1, (jobs + ImmediateJobsClient.PageSize - 1) / ImmediateJobsClient.PageSize);

    // Either way: a Date that was wrong once must not put the next full listing off for ever.
    private static bool IsFar(DateTimeOffset? now, DateTimeOffset last, TimeSpan limit) => (now - last)?.Duration() >= limit;

    // The API takes whole seconds.
    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
