using JobWatcher.Snapshots;
using JobWatcher.Storage;
using JobWatcher.Storage.Rows;

namespace JobWatcher.Polling.Windows;

/// <summary>Moves the marks that a target's listings leave in its row. One poll at a time.</summary>
internal sealed class ListingMarks(TimeProvider time)
{
    private DateTimeOffset? _bookmark;
    private long _setAt;

    /// <summary>The row with the marks as they are after a poll.</summary>
    /// <param name="target">The row before the poll.</param>
    /// <param name="observation">What the poll learnt.</param>
    /// <param name="startedAt">The monotonic time at which the listing began.</param>
    /// <param name="isDisproved">Whether the poll spoke against windows.</param>
    public TargetRecord After(TargetRecord target, Observation observation, long startedAt, bool isDisproved)
    {
        var unreliableSince =
            WindowTrust.UnreliableSince(target.WindowsUnreliableSince, isDisproved, observation.CloudTime);
        if (!observation.IsCovering)
        {
            return target with { WindowsUnreliableSince = unreliableSince };
        }

        // How long ago another process set the bookmark, only clocks could tell.
        var passed = target.Bookmark == _bookmark ? time.GetElapsedTime(_setAt, startedAt) : TimeSpan.Zero;
        // As the store keeps it, or the next poll would take its own bookmark for that of another process.
        var bookmark = ColumnTime.Kept(Bookmark.After(target.Bookmark, observation.Listing, passed));
        if (bookmark != _bookmark)
        {
            (_bookmark, _setAt) = (bookmark, startedAt);
        }

        return target with
        {
            Bookmark = bookmark,
            LastFullListing = observation.CoversAll ? observation.Listing.CloudTime ?? bookmark : target.LastFullListing,
            WindowsUnreliableSince = unreliableSince,
        };
    }
}
