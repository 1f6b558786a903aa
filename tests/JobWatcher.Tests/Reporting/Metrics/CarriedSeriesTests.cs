using JobWatcher.Reporting.Metrics;

namespace JobWatcher.Tests.Reporting.Metrics;

/// <summary>Rule R2 of the protocol.</summary>
public sealed class CarriedSeriesTests
{
    private readonly CarriedSeries _carried = new();

    [Fact]
    public void A_counter_is_first_shown_at_the_value_that_it_had_at_take_over() =>
        Assert.Equal(5, _carried.ValueOf(Counter("a", 7, atTakeOver: 5)));

    [Fact]
    public void A_counter_that_began_in_this_process_is_first_shown_at_0() =>
        Assert.Equal(0, _carried.ValueOf(Counter("a", 7)));

    [Fact]
    public void A_counter_moves_once_an_answered_scrape_has_carried_it()
    {
        _carried.Carried([Counter("a", 7, atTakeOver: 5)]);

        Assert.Equal(8, _carried.ValueOf(Counter("a", 8, atTakeOver: 5)));
    }

    [Fact]
    public void A_scrape_carries_only_the_series_that_it_showed()
    {
        _carried.Carried([Counter("a", 7)]);

        Assert.Equal(0, _carried.ValueOf(Counter("b", 7)));
        Assert.Equal(0, _carried.ValueOf(new Sample(MetricFamilies.Polls, 7, ("target", "a"))));
    }

    [Fact]
    public void A_series_that_a_scrape_lacked_starts_anew_when_it_comes_back()
    {
        _carried.Carried([Counter("a", 7, atTakeOver: 5)]);
        _carried.Carried([]);

        Assert.Equal(5, _carried.ValueOf(Counter("a", 8, atTakeOver: 5)));
    }

    [Fact]
    public void A_target_that_was_removed_between_two_scrapes_starts_anew_when_it_is_watched_again()
    {
        var (before, again) = (new object(), new object());
        _carried.Carried([Counter("a", 7, atTakeOver: 5, before)]);

        Assert.Equal(9, _carried.ValueOf(Counter("a", 9, atTakeOver: 5, before)));
        Assert.Equal(8, _carried.ValueOf(Counter("a", 9, atTakeOver: 8, again)));
    }

    [Fact]
    public void A_gauge_is_shown_as_it_is() =>
        Assert.Equal(7, _carried.ValueOf(new Sample(MetricFamilies.Jobs, 7, ("target", "a"))));

    private static Sample Counter(string target, double value, double atTakeOver = 0, object? takeOver = null) =>
        new(MetricFamilies.JobFailures, value, ("target", target)) { AtTakeOver = atTakeOver, TakeOver = takeOver };
}
