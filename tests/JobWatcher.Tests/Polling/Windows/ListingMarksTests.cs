using JobWatcher.Polling.Windows;
using JobWatcher.Storage;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling.Windows;

/// <summary>Rule L3 of the protocol: by what the bookmark moves from poll to poll.</summary>
public sealed class ListingMarksTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SettableTime _time = new(Noon);

    [Fact]
    public void The_time_that_passed_counts_at_each_poll_though_the_store_keeps_whole_milliseconds()
    {
        var marks = new ListingMarks(_time);
        var ahead = Noon.AddDays(1);
        var row = new TargetRecord { Name = "prod", ProjectId = "p", Region = "r", Bookmark = Noon };
        List<DateTimeOffset?> bookmarks = [];

        foreach (var _ in Enumerable.Range(0, 4))
        {
            _time.Advance((5 * Minute) + TimeSpan.FromMicroseconds(300));
            row = marks.After(
                row, At(ahead, Complete() with { CloudTime = ahead }), _time.GetTimestamp(), isDisproved: false);
            bookmarks.Add(row.Bookmark);
            row = row with { Bookmark = DateTimeOffset.FromUnixTimeMilliseconds(row.Bookmark!.Value.ToUnixTimeMilliseconds()) };
        }

        Assert.Equal(
            [Noon + Minute, Noon + (7 * Minute), Noon + (13 * Minute), Noon + (19 * Minute)], bookmarks);
    }
}
