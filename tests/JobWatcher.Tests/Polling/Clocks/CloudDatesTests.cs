using CsCheck;
using JobWatcher.Polling.Clocks;

namespace JobWatcher.Tests.Polling.Clocks;

/// <summary>Rule A9 of the protocol.</summary>
public sealed class CloudDatesTests
{
    private const int Day = 24 * 60;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private SettableTime _time = new(Noon);
    private CloudDates _dates = CloudDates.Before(knownAhead: null);

    // How far the clock is ahead of what is true, in minutes; null where there is none.
    private double? Ahead => (_dates.Clock?.Now(_time) - True)?.TotalMinutes;

    // A machine's clock may be set; this one is not.
    private DateTimeOffset True => Noon + _time.GetElapsedTime(Noon.Ticks);

    [Theory]
    [InlineData(0.002)]
    [InlineData(0.015)]
    [InlineData(1)]
    public void A_date_that_comes_late_does_not_set_it_back(double late)
    {
        Answer(0);
        Answer(-late, after: 2);

        Assert.Equal(0, Ahead);
    }

    [Fact]
    public void A_date_that_is_a_little_ahead_sets_it()
    {
        Answer(0);
        Answer(0.5, after: 2);

        Assert.Equal(0.5, Ahead);
    }

    [Theory]
    [InlineData(1.1)]
    [InlineData(-1.1)]
    [InlineData(60)]
    [InlineData(-60)]
    [InlineData(Day)]
    [InlineData(-Day)]
    public void A_date_that_one_answer_alone_tells_sets_nothing(double ahead)
    {
        Answer(0);
        Answer(ahead, after: 2);
        Assert.Equal(0, Ahead);
        Answer(0);
        Answer(ahead, after: 59);
        Answer(0);
        Answer(ahead, after: 2 * Day);

        Assert.Equal(0, Ahead);
    }

    [Fact]
    public void A_date_that_our_own_clock_speaks_against_counts_after_an_hour_in_which_no_other_came()
    {
        Answer(0);
        Answer(180);
        Answer(180, after: 59, times: 5);
        Assert.Equal(0, Ahead);

        Answer(180, after: 1);

        Assert.Equal(180, Ahead);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(120)]
    [InlineData(Day)]
    public void A_date_that_our_own_clock_speaks_against_counts_after_six_answers_however_far_apart_they_are(double every)
    {
        Answer(0);
        Answer(Day, after: every);
        Answer(Day, after: every * 4, times: 4);
        Assert.Equal(0, Ahead);

        Answer(Day, after: every);

        Assert.Equal(Day, Ahead);
    }

    [Fact]
    public void A_first_date_that_the_last_process_knew_another_than_counts_after_an_hour_and_six_answers()
    {
        _dates = CloudDates.Before(TimeSpan.Zero);
        Answer(Day);
        Answer(Day, after: 10);
        Assert.Null(Ahead);
        Answer(Day, after: 49, times: 4);
        Assert.Null(Ahead);

        Answer(Day, after: 1);

        Assert.Equal(Day, Ahead);
    }

    [Fact]
    public void A_date_counts_at_once_where_our_own_clock_speaks_for_it_and_against_the_clock_that_was()
    {
        Answer(180);
        Answer(180, after: 10);
        Assert.Equal(180, Ahead);

        Answer(9);

        Assert.Equal(9, Ahead);
    }

    [Fact]
    public void Where_our_own_clock_speaks_for_neither_a_date_counts_after_ten_minutes()
    {
        _time.Set(by: TimeSpan.FromDays(-1));
        Answer(0);
        Answer(0, after: 10);

        Answer(180);
        Answer(180, after: 9.9);
        Assert.Equal(0, Ahead);
        Answer(180, after: 0.1);

        Assert.Equal(180, Ahead);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public void The_first_date_counts_where_our_own_clock_speaks_for_it(double ahead)
    {
        Answer(ahead);

        Assert.Equal(ahead, Ahead);
    }

    [Theory]
    [InlineData(180)]
    [InlineData(-180)]
    public void A_first_date_that_is_far_off_counts_where_the_last_process_knew_the_same_or_after_ten_minutes(double ahead)
    {
        Answer(ahead);
        Assert.Null(Ahead);
        Answer(ahead, after: 9.9);
        Assert.Null(Ahead);
        Answer(ahead, after: 0.1);
        Assert.Equal(ahead, Ahead);

        _dates = CloudDates.Before((ahead + 10) * Minute);
        Answer(ahead);
        Assert.Equal(ahead, Ahead);

        _dates = CloudDates.Before(-ahead * Minute);
        Answer(ahead);
        Assert.Null(Ahead);
    }

    [Fact]
    public void Before_a_date_counts_it_is_told_all_the_same()
    {
        Answer(180);

        Assert.Equal(180, (_dates.Told!.Now(_time) - True).TotalMinutes);
        Assert.Equal(Noon, _dates.TimeOf(Noon, startedAt: 0, _time));
    }

    [Theory]
    [InlineData(-4.0, -4.0)]
    [InlineData(-3.0, -3.0)]
    [InlineData(1.0, 1.0)]
    [InlineData(1.1, -3.0)]
    [InlineData(-4.1, -3.0)]
    [InlineData((double)Day, -3.0)]
    [InlineData(-(double)Day, -3.0)]
    [InlineData(null, 0.0)]
    public void A_listing_has_its_own_date_where_that_lies_in_the_time_that_it_took(double? date, double expected)
    {
        Answer(0);
        var startedAt = _time.GetTimestamp();
        _time.Advance(3 * Minute);

        var told = _dates.TimeOf(date is { } minutes ? True + (minutes * Minute) : null, startedAt, _time);

        Assert.Equal(True + (expected * Minute), told);
    }

    [Theory]
    [InlineData(167.0, 167.0)]
    [InlineData(190.0, 190.0)]
    [InlineData(190.1, 177.0)]
    [InlineData(166.9, 177.0)]
    [InlineData(-(double)Day, 177.0)]
    [InlineData(0.0, 177.0)]
    public void Before_a_date_counts_a_listing_has_a_date_that_the_last_process_can_have_known(double date, double expected)
    {
        _dates = CloudDates.Before(180 * Minute);
        Answer(Day);
        var startedAt = _time.GetTimestamp();
        _time.Advance(3 * Minute);

        Assert.Equal(True + (expected * Minute), _dates.TimeOf(True + (date * Minute), startedAt, _time));
    }

    [Theory]
    [InlineData(-4.0, 0.0)]
    [InlineData(1.0, 0.0)]
    [InlineData(-4.1, 180.0)]
    [InlineData(1.1, 180.0)]
    public void A_date_that_lies_in_the_time_of_its_listing_upholds_the_clock(double date, double expected)
    {
        Answer(0);
        for (var minutes = 0; minutes < 90; minutes += 3)
        {
            var startedAt = _time.GetTimestamp();
            Answer(180, after: 3);
            _dates = _dates.Upheld(True + (date * Minute), startedAt, _time);
        }

        Assert.Equal(expected, Ahead);
    }

    [Fact]
    public void While_our_own_clock_is_right_and_a_right_date_comes_each_hour_no_wrong_one_ever_sets_it() =>
        Gen.Select(Minutes(0.1, 29), Gen.Bool, Gen.Double[-1, 0], Wrong).Array[1, 60].Sample(answers =>
        {
            Begin(ownAhead: 0);
            foreach (var (after, isRight, late, wrong) in answers)
            {
                // Of two answers at least one comes late within the hour; where both would be wrong, a right one comes between.
                Answer(isRight ? late : wrong, after);
                Answer(late, after: 0.01);
                Answer(wrong, after);

                Assert.InRange(Ahead!.Value, -1, 0);
            }
        }, threads: 1);

    [Fact]
    public void Whatever_the_machines_clock_says_a_clock_that_all_dates_tell_counts_soon_and_stays() =>
        Gen.Select(Wrong, Wrong, Minutes(0.5, 30), Gen.Double[-0.5, 0].Array[2, 100]).Sample((own, cloud, every, late) =>
        {
            Begin(own);
            var since = 0.0;
            foreach (var (index, lateness) in late.Index())
            {
                Answer(cloud + lateness, after: index == 0 ? 0 : every);
                since += index == 0 ? 0 : every;

                Assert.True(Ahead is { } ahead ? Math.Abs(ahead - cloud) <= 1 : since < 10, $"{Ahead} after {since} minutes");
            }
        }, threads: 1);

    [Fact]
    public void Whatever_was_before_a_clock_that_all_dates_tell_counts_after_an_hour_and_six_answers() =>
        Gen.Select(Wrong, Minutes(0.5, 30), Gen.Select(Wrong, Minutes(0, 90)).Array[0, 20]).Sample((cloud, every, before) =>
        {
            Begin(ownAhead: 0);
            foreach (var (wrong, after) in before)
            {
                Answer(wrong, after);
            }

            for (var minutes = 0.0; minutes < Math.Max(60, 5 * every) + every; minutes += every)
            {
                Answer(cloud, every);
            }

            Assert.InRange(Ahead!.Value, cloud - 1, cloud + 1);
        }, threads: 1);

    private static Gen<double> Wrong => Gen.Select(
        Gen.Bool, Gen.Double[20, 3 * Day], (isAhead, minutes) => isAhead ? minutes : -minutes);

    private static Gen<double> Minutes(double from, double to) => Gen.Double[from, to];

    private void Begin(double ownAhead)
    {
        (_time, _dates) = (new SettableTime(Noon), CloudDates.Before(knownAhead: null));
        _time.Set(ownAhead * Minute);
    }

    // Answers within so many minutes, whose dates are so many ahead of what is true.
    private void Answer(double ahead, double after = 0, int times = 1)
    {
        for (var answer = 0; answer < times; answer++)
        {
            _time.Advance(after * Minute / times);
            _dates = _dates.After(True + (ahead * Minute), _time);
        }
    }
}
