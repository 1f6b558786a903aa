using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Windows;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling.Windows;

/// <summary>Rule L3 of the protocol: how far the bookmark moves.</summary>
public sealed class BookmarkTests
{
    [Fact]
    public void The_bookmark_is_the_smallest_date_of_the_listing()
    {
        var listing = Complete() with { CloudTime = Noon.AddSeconds(30), LatestCloudTime = Noon.AddSeconds(50) };

        Assert.Equal(Noon.AddSeconds(30), Bookmark.After(Noon, listing, Interval));
    }

    [Fact]
    public void The_first_date_is_taken_as_it_is() => Assert.Equal(Noon, Bookmark.After(before: null, Complete(), TimeSpan.Zero));

    [Theory]
    [InlineData(90, 90)]
    [InlineData(91, 90)]
    [InlineData(86_400, 90)]
    public void A_wrong_date_moves_it_by_the_time_that_passed_and_a_minute_at_most(int dateSeconds, int bookmarkSeconds) =>
        Assert.Equal(Noon.AddSeconds(bookmarkSeconds), After(Complete(), dateSeconds));

    [Fact]
    public void A_date_in_the_past_takes_it_back() => Assert.Equal(Noon.AddSeconds(-10), After(Complete(), -10));

    [Fact]
    public void Without_a_date_it_stays() =>
        Assert.Equal(Noon, Bookmark.After(Noon, Complete() with { CloudTime = null }, Interval));

    [Theory]
    [InlineData(3000, 3000)]
    [InlineData(4000, 3600)]
    [InlineData(50, 90)]
    public void The_newest_job_vouches_for_a_date_that_is_far_on(int createdSeconds, int bookmarkSeconds)
    {
        var listing = Complete(Running("old"), Job("new", JobStatus.Running, Noon.AddSeconds(createdSeconds)), Job("undated", JobStatus.Running));

        Assert.Equal(Noon.AddSeconds(bookmarkSeconds), After(listing, dateSeconds: 3600));
    }

    private static DateTimeOffset? After(Listing listing, int dateSeconds) =>
        Bookmark.After(Noon, listing with { CloudTime = Noon.AddSeconds(dateSeconds) }, Interval);
}
