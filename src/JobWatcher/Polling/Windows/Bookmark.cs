using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Polling.Windows;

/// <summary>
/// The bookmark of rule L3: listings have shown every job created before it, but for those that the overlap is for. It
/// rests on the cloud's times and the time that passed, never on the watcher's own clock.
/// </summary>
internal static class Bookmark
{
    // Servers' clocks differ by seconds, and the Date header is cut to one.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>The bookmark after a listing that was read to its end.</summary>
    /// <param name="before">The one before; null for none.</param>
    /// <param name="listing">The listing.</param>
    /// <param name="passed">
    /// The time since the listing that set <paramref name="before"/>; zero where that was in another process.
    /// </param>
    /// <remarks>
    /// A wrong <c>Date</c> must not let windows skip what it passes over, so it moves the bookmark by no more than
    /// <paramref name="passed"/> and a minute. Beyond that the newest created time must vouch for it: that is how the bookmark
    /// catches up after an outage of the watcher, as far as there are jobs whose listing would cost anything.
    /// </remarks>
    public static DateTimeOffset? After(DateTimeOffset? before, Listing listing, TimeSpan passed)
    {
        if (listing.CloudTime is not { } date || before is not { } last)
        {
            return listing.CloudTime ?? before;
        }

        var limit = last + passed + Slack;
        if (date <= limit)
        {
            return date;
        }

        var newest = listing.Jobs.Max(job => job.CreatedTime);
        return Earlier(date, newest > limit ? newest.Value : limit);
    }

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
