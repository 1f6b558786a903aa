using static JobWatcher.EndToEndTests.Chaos.Verdicts.SoundRun;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>What is wrong with alerts, and with what people were told of them, is found.</summary>
public sealed class VerdictOnAlertsTests
{
    private readonly SoundRun _run = Begin();

    [Fact]
    public void A_failure_without_an_alert_is_found()
    {
        _run.Alerts.Clear();

        _run.Finds(DefectKind.WrongAlert, FailingJob);
    }

    [Fact]
    public void A_failure_with_two_alerts_is_found()
    {
        _run.Alerts.Add(_run.Alerts[0] with { Id = "another" });

        _run.Finds(DefectKind.WrongAlert, FailingJob);
    }

    [Theory]
    [InlineData("JobFailed", OldJob)]
    [InlineData("JobStuck", FailingJob)]
    public void An_alert_without_a_failure_is_found(string rule, string job)
    {
        _run.Alerts.Add(_run.Alerts[0] with { Id = "another", Rule = rule, JobId = job });

        _run.Finds(DefectKind.WrongAlert, job);
    }

    [Fact]
    public void An_alert_that_still_fires_is_found()
    {
        _run.Alerts[0] = _run.Alerts[0] with { Ended = null };

        _run.Finds(DefectKind.Hanging, FailingJob);
    }

    [Theory]
    [InlineData("AlertFiring")]
    [InlineData("AlertResolved")]
    public void A_start_or_an_end_that_no_process_told_is_found(string name)
    {
        _run.Lines[2].Remove(LineOf(Alert, name));

        _run.Finds(DefectKind.MissingEvent, name);
    }

    [Fact]
    public void An_end_told_before_its_start_is_found()
    {
        _run.Lines[1].Add(LineOf(Alert, "AlertResolved"));

        _run.Finds(DefectKind.OutOfOrder, Alert);
    }

    [Fact]
    public void An_event_of_an_alert_that_nobody_stored_is_found()
    {
        _run.Lines[2].Add(LineOf("another", "AlertFiring"));

        _run.Finds(DefectKind.UnknownEvent, "another");
    }

    [Fact]
    public void A_start_told_again_may_not_differ()
    {
        _run.Lines[2].Add(LineOf(Alert, "AlertFiring"));
        Assert.Empty(Verdict.On(_run.Build()));

        _run.Lines[2].Add(LineOf(Alert, "AlertFiring").Replace("{\"@t\"", "{\"Severity\":\"none\",\"@t\"", StringComparison.Ordinal));

        _run.Finds(DefectKind.DifferentEvent, "none");
    }

    [Fact]
    public void A_failure_that_nobody_was_told_of_is_found()
    {
        _run.Notifications.Clear();

        _run.Finds(DefectKind.Untold, FailingJob);
    }

    [Fact]
    public void A_failure_that_was_told_only_when_it_was_over_is_found()
    {
        _run.Notifications.RemoveAt(0);

        _run.Finds(DefectKind.Untold, FailingJob);
    }

    [Fact]
    public void A_failure_that_the_log_lacks_must_be_told_all_the_same()
    {
        _run.Log.RemoveAll(step => step.To == "Failed");
        _run.Alerts.Clear();
        _run.Notifications.Clear();

        _run.Finds(DefectKind.Untold, FailingJob);
    }

    [Fact]
    public void An_alert_that_nobody_was_told_the_end_of_is_found()
    {
        _run.Notifications.RemoveAt(1);

        _run.Finds(DefectKind.Hanging, FailingJob);
    }

    [Theory]
    [InlineData("firing")]
    [InlineData("resolved")]
    [InlineData("firing", "resolved")]
    public void What_is_told_again_is_found(params string[] statuses)
    {
        _run.Notifications.AddRange(statuses.Select(status => Told(FailingJob, status)));

        _run.Finds(DefectKind.ToldTwice, FailingJob);
    }

    [Fact]
    public void An_alarm_for_a_job_that_did_not_fail_is_found()
    {
        _run.Notifications.Add(Told(OldJob, "firing"));

        _run.Finds(DefectKind.FalseAlarm, OldJob);
    }

    [Fact]
    public void An_alarm_for_a_failure_that_only_the_log_has_is_found()
    {
        _run.Log.Add(Step(6, OldJob, "Running", "Failed"));
        _run.Notifications.AddRange([Told(OldJob, "firing"), Told(OldJob, "resolved")]);

        _run.Finds(DefectKind.FalseAlarm, OldJob);
    }
}
