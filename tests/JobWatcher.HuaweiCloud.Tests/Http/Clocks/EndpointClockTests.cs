using System.Globalization;
using CsCheck;
using JobWatcher.HuaweiCloud.Http.Clocks;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.HuaweiCloud.Tests.Http.Clocks;

public sealed class EndpointClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<int> Seconds = Gen.Int[-200_000, 200_000];

    private readonly FakeTimeProvider _cloud = new(Noon);
    private readonly List<ClockSkew> _told = [];
    private readonly SettableClock _own;
    private readonly EndpointClocks _clocks;

    public EndpointClockTests()
    {
        _own = new SettableClock(_cloud);
        _clocks = new EndpointClocks(_own, _told.Add);
    }

    private EndpointClock Clock => _clocks.For(new Uri("https://api.example.com/v3"));

    [Fact]
    public void Before_the_first_answer_nothing_is_known() => Assert.Null(Clock.SkewOf(_own.GetUtcNow()));

    [Fact]
    public void However_the_clock_is_set_and_time_passes_the_cloud_time_goes_on() =>
        Gen.Select(Seconds, Gen.Select(Seconds, Gen.Int[0, 100_000]).Array[0, 10]).Sample((atFirst, steps) =>
        {
            var cloud = new FakeTimeProvider(Noon);
            var own = new SettableClock(cloud) { Ahead = TimeSpan.FromSeconds(atFirst) };
            var clock = new EndpointClock(own);
            clock.Learn(cloud.GetUtcNow());

            foreach (var (ahead, passed) in steps)
            {
                own.Ahead = TimeSpan.FromSeconds(ahead);
                cloud.Advance(TimeSpan.FromSeconds(passed));
            }

            Assert.Equal(own.Ahead, clock.SkewOf(own.GetUtcNow()));
        });

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void A_date_at_the_end_of_time_breaks_nothing(string date)
    {
        Clock.Learn(DateTimeOffset.Parse(date, CultureInfo.InvariantCulture));
        _cloud.Advance(TimeSpan.FromHours(1));

        Assert.True(Clock.SkewOf(_own.GetUtcNow())!.Value.Duration() > SigningBounds.Believed);
    }

    [Fact]
    public void Endpoints_have_clocks_of_their_own_by_scheme_host_and_port()
    {
        Assert.Same(Clock, _clocks.For(new Uri("https://API.example.com/other")));
        Assert.NotSame(Clock, _clocks.For(new Uri("https://api.example.com:444/")));
        Assert.NotSame(Clock, _clocks.For(new Uri("http://api.example.com/")));
    }

    [Theory]
    [InlineData(600)]
    [InlineData(-600)]
    [InlineData(3600)]
    [InlineData(-200_000)]
    public void A_skew_is_told_once_with_its_endpoint(int seconds)
    {
        _own.Ahead = TimeSpan.FromSeconds(seconds);

        AnswerTimes(3);

        Assert.Equal([new ClockSkew("https://api.example.com", TimeSpan.FromSeconds(seconds))], _told);
    }

    [Theory]
    [InlineData(599)]
    [InlineData(-599)]
    [InlineData(0)]
    public void What_does_no_harm_is_not_told(int seconds)
    {
        _own.Ahead = TimeSpan.FromSeconds(seconds);

        AnswerTimes(3);

        Assert.Empty(_told);
    }

    [Fact]
    public void Another_skew_and_one_that_comes_back_are_told_again_but_not_one_that_goes_to_and_fro()
    {
        foreach (var minutes in new[] { 60, 65, -60, 0, -60, -9, -10, -9, -11 })
        {
            _own.Ahead = TimeSpan.FromMinutes(minutes);
            AnswerTimes(minutes == 0 ? 122 : 2);
        }

        Assert.Equal([60, -60, -60, -10], _told.Select(skew => skew.Skew.TotalMinutes));
    }

    [Fact]
    public void A_skew_that_only_some_answers_show_is_told_once()
    {
        for (var answer = 0; answer < 300; answer++)
        {
            _own.Ahead = TimeSpan.FromMinutes(answer % 60 == 0 ? 30 : 0);
            AnswerTimes(1);
        }

        Assert.Single(_told);
    }

    private void AnswerTimes(int times)
    {
        for (var answer = 0; answer < times; answer++)
        {
            Clock.Learn(_cloud.GetUtcNow());
            _cloud.Advance(TimeSpan.FromSeconds(30));
        }
    }
}
