using static JobWatcher.EndToEndTests.Chaos.Verdicts.SoundRun;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>What is wrong with how outages of a target are told is found.</summary>
public sealed class VerdictOnOutagesTests
{
    private readonly SoundRun _run = Begin();

    [Fact]
    public void A_beginning_or_an_end_that_the_next_process_tells_again_is_let_pass()
    {
        _run.Lines[1].Add(OutageBegins);

        Assert.Empty(Verdict.On(_run.Build()));
    }

    [Fact]
    public void What_a_process_that_was_killed_told_from_beginning_to_end_may_be_told_again()
    {
        _run.Lines[1].Add(OutageBegins);
        _run.Lines[1].Add(OutageEnds);

        Assert.Empty(Verdict.On(_run.Build()));
    }

    [Fact]
    public void An_outage_that_nobody_told_is_found()
    {
        _run.Lines[2].Remove(OutageBegins);
        _run.Lines[2].Remove(OutageEnds);

        _run.Finds(DefectKind.WrongOutage, "nobody told");
    }

    [Fact]
    public void An_end_without_a_beginning_is_found()
    {
        _run.Lines[2].Remove(OutageBegins);

        _run.Finds(DefectKind.WrongOutage, "after nothing");
    }

    [Fact]
    public void An_outage_that_was_not_told_to_end_is_found()
    {
        _run.Lines[2].Remove(OutageEnds);

        _run.Finds(DefectKind.WrongOutage, "has no end");
    }

    [Fact]
    public void An_end_that_was_told_after_more_polls_were_answered_is_found()
    {
        Retell(OutageEnds, OutageLine("TargetRecovered", at: 25, lasted: 14.5));

        _run.Finds(DefectKind.WrongOutage, "was not told to end");
    }

    [Fact]
    public void An_outage_that_one_process_told_twice_is_found()
    {
        _run.Lines[2].Insert(0, OutageBegins);

        _run.Finds(DefectKind.WrongOutage, "by the same process");
    }

    [Fact]
    public void The_beginnings_of_two_outages_without_an_end_in_between_are_found()
    {
        _run.Lines[1].Add(OutageLine("TargetUnreachable", at: 5, lasted: 5, since: 0));

        _run.Finds(DefectKind.WrongOutage, "came after");
    }

    [Theory]
    [InlineData(13, 2.5, 10.5)]
    [InlineData(15, 9, 10.5)]
    [InlineData(15, 7, 8)]
    [InlineData(17.5, 4.1, 13.4)]
    public void An_outage_that_is_told_with_wrong_times_is_found(double at, double lasted, double since)
    {
        Retell(OutageBegins, OutageLine("TargetUnreachable", at, lasted, since));
        Retell(OutageEnds, OutageLine("TargetRecovered", 18.5, 18.5 - since, since));

        _run.Finds(DefectKind.WrongOutage, "TargetUnreachable");
    }

    [Fact]
    public void People_are_told_of_an_unreachable_target_once_and_of_its_end_once()
    {
        _run.Alerts.Add(_run.Alerts[0] with { Id = "unreachable", Rule = TargetAlertCheck.Rule, JobId = "" });
        _run.Lines[2].AddRange([LineOf("unreachable", "AlertFiring"), LineOf("unreachable", "AlertResolved")]);
        _run.Finds(DefectKind.Untold, Target);

        _run.Notifications.Add(Told("", "firing"));
        _run.Finds(DefectKind.Hanging, Target);

        _run.Notifications.Add(Told("", "resolved"));
        Assert.Empty(Verdict.On(_run.Build()));

        _run.Notifications.Add(Told("", "resolved"));
        _run.Finds(DefectKind.ToldTwice, Target);
    }

    [Fact]
    public void An_alarm_for_a_target_that_the_store_knows_nothing_of_is_found()
    {
        _run.Notifications.AddRange([Told("", "firing"), Told("", "resolved")]);

        _run.Finds(DefectKind.FalseAlarm, Target);
    }

    private void Retell(string line, string other) => _run.Lines[2][((List<string>)_run.Lines[2]).IndexOf(line)] = other;
}
