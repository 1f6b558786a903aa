using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;
using JobWatcher.Text;

namespace JobWatcher.Polling.Windows;

/// <summary>Rule L4 of the protocol: whether listings by window show what they should. Pure.</summary>
internal static class WindowTrust
{
    // A list that was sick once must not cost its full price for ever; where windows are wrong, the first full listing after
    // the trial finds out again.
    private static readonly TimeSpan Distrust = TimeSpan.FromDays(7);

    /// <summary>Why windows cannot be relied on, as a sentence; null where nothing speaks against them.</summary>
    /// <param name="target">The target's row before the poll.</param>
    /// <param name="previous">The snapshot before the poll.</param>
    /// <param name="observation">What the poll learnt.</param>
    /// <param name="overlap">How long a change may take to be listed.</param>
    public static string? Disproof(TargetRecord target, Snapshot previous, Observation observation, TimeSpan overlap)
    {
        if (observation.IsWindowRefused)
        {
            return "The server refuses a listing with start_time.";
        }

        if (observation.WindowStart is not null ||
            target is not { Bookmark: { } bookmark, LastFullListing: { } lastFull })
        {
            return null;
        }

        // What happened between the last full listing and this time was for the polls by window since to see.
        var settled = bookmark - overlap;
        var unseen = observation.Listing.Jobs.FirstOrDefault(job =>
            UnseenChange(job) is { } time && time >= lastFull && time < settled);
        return unseen is null
            ? null
            : $"A full listing shows the job {LabelText.Bound(unseen.JobId)} as {LabelText.Bound(unseen.Status.Value)}, which an earlier one should have shown.";

        DateTimeOffset? UnseenChange(ImmediateJob job) =>
            previous.Open.ContainsKey(job.JobId) ? job.Status.IsEnded ? job.EndedTime : null
            : previous.Jobs.ContainsKey(job.JobId) || observation.Remembered.ContainsKey(job.JobId) ? null
            : job.CreatedTime;
    }

    /// <summary>Since when windows are not relied on after a poll.</summary>
    /// <param name="before">Since when they were not before it.</param>
    /// <param name="isDisproved">Whether the poll spoke against them.</param>
    /// <param name="cloudTime">The cloud's time of the poll.</param>
    public static DateTimeOffset? UnreliableSince(DateTimeOffset? before, bool isDisproved, DateTimeOffset cloudTime) =>
        isDisproved ? before ?? cloudTime
        : cloudTime - before >= Distrust ? null
        : before;
}
