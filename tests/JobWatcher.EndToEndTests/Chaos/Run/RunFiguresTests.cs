using JobWatcher.EndToEndTests.Chaos.Verdicts;

namespace JobWatcher.EndToEndTests.Chaos.Run;

/// <summary>A run that tried too little is refused, however well it went.</summary>
public sealed class RunFiguresTests
{
    private const int Kills = 20;

    private static readonly RunFigures Enough = new(
        Kills: Kills,
        Stops: 3,
        Steps: 500,
        Kept: Kills,
        Moments: new MomentFigures(Enum.GetValues<KillMoment>().ToDictionary(moment => moment, _ => (2, 2))),
        ToldLater: 10,
        ToldAgain: 10,
        Alerts: 100,
        AlertsPassedOn: 10,
        Ends: "",
        PollsTaken: 100,
        PollsFailed: 2,
        Cuts: 1,
        Outages: 1,
        OutagesPassedOn: 1,
        PollsCut: 10);

    [Fact]
    public void A_run_that_tried_what_it_is_for_is_worth_a_verdict() => Assert.True(Enough.IsWorthAVerdict(Kills));

    [Fact]
    public void A_run_without_faults_is_not() => Assert.False((Enough with { PollsFailed = 1 }).IsWorthAVerdict(Kills));

    [Fact]
    public void A_long_run_without_cuts_is_not()
    {
        var kept = Enough with { Kills = 100, Kept = 100 };
        Assert.False((kept with { PollsFailed = 10, Cuts = 0 }).IsWorthAVerdict(100));
        Assert.True((kept with { PollsFailed = 10, Cuts = 1 }).IsWorthAVerdict(100));
    }

    [Fact]
    public void Runs_that_met_no_cut_are_not() => NeedsOneOfAll(Enough with { Cuts = 0 });

    [Fact]
    public void Runs_none_of_which_passed_an_outage_on_are_not() => NeedsOneOfAll(Enough with { OutagesPassedOn = 0 });

    [Fact]
    public void Runs_that_killed_nobody_between_a_commit_and_its_report_are_not() => NeedsOneOfAll(Enough with { ToldLater = 0 });

    [Fact]
    public void Runs_that_killed_nobody_between_a_report_and_its_cursor_are_not() => NeedsOneOfAll(Enough with { ToldAgain = 0 });

    [Fact]
    public void A_run_that_did_not_look_at_what_was_committed_is_not() =>
        Assert.False((Enough with { Kept = 9 }).IsWorthAVerdict(Kills));

    [Fact]
    public void Cuts_and_outages_are_counted_that_polls_met()
    {
        var figures = RunFigures.Of(SoundRun.Begin().Build());

        Assert.Equal((4, 1, 1, 0), (figures.PollsFailed, figures.Cuts, figures.Outages, figures.OutagesPassedOn));
    }

    [Fact]
    public void A_cut_that_no_poll_met_and_one_in_which_the_cloud_answered_are_none()
    {
        var run = SoundRun.Begin();
        run.Cuts[0] = run.Cuts[0] with { Ended = run.Cuts[0].Began.AddSeconds(0.1) };
        Assert.Equal(0, RunFigures.Of(run.Build()).Cuts);

        run.Cuts[0] = run.Cuts[0] with { Ended = run.Cuts[0].Began.AddSeconds(20) };
        Assert.Equal(0, RunFigures.Of(run.Build()).Cuts);
    }

    private static void NeedsOneOfAll(RunFigures lacking)
    {
        Assert.True(RunFigures.HaveMetAll([lacking, Enough]));
        Assert.False(RunFigures.HaveMetAll([lacking, lacking]));
    }
}
