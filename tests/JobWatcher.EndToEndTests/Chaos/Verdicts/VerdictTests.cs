using JobWatcher.EndToEndTests.Chaos.Store;
using static JobWatcher.EndToEndTests.Chaos.Verdicts.SoundRun;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>The harness' own proof: a run that went well is let pass, and each kind of defect is found.</summary>
public sealed class VerdictTests
{
    private readonly SoundRun _run = Begin();

    [Fact]
    public void A_run_that_kept_every_promise_is_let_pass() => Assert.Empty(Verdict.On(_run.Build()));

    [Fact]
    public void A_step_that_a_killed_poll_alone_was_shown_may_lack()
    {
        Relog(
            Step(1, FailingJob, "None", "Pending"), Step(2, RemovedJob, "None", "Running"),
            Step(3, FailingJob, "Pending", "Failed"), Step(4, RemovedJob, "Running", "None"));

        Assert.Empty(Verdict.On(_run.Build()));
    }

    [Fact]
    public void A_step_that_a_committed_poll_was_shown_may_not_lack()
    {
        Relog(
            Step(1, RemovedJob, "None", "Running"), Step(2, FailingJob, "None", "Running"),
            Step(3, FailingJob, "Running", "Failed"), Step(4, RemovedJob, "Running", "None"));

        _run.Finds(DefectKind.Lost, FailingJob);
    }

    [Fact]
    public void The_last_status_may_not_lack()
    {
        Relog(
            Step(1, FailingJob, "None", "Pending"), Step(2, RemovedJob, "None", "Running"),
            Step(3, FailingJob, "Pending", "Running"), Step(4, RemovedJob, "Running", "None"));

        _run.Finds(DefectKind.Lost, FailingJob);
    }

    [Fact]
    public void An_open_job_that_is_gone_may_not_stay_open()
    {
        _run.Log.RemoveAt(4);
        _run.Lines[2].RemoveAll(line => line.Contains(Step(5, RemovedJob, "Running", "None").Id, StringComparison.Ordinal));

        _run.Finds(DefectKind.Lost, RemovedJob);
    }

    [Fact]
    public void A_step_that_no_answer_showed_is_found()
    {
        Append(Step(6, OldJob, "Running", "Completed"));

        _run.Finds(DefectKind.Invented, OldJob);
    }

    [Fact]
    public void A_job_that_no_answer_showed_is_found()
    {
        Append(Step(6, "nobody", "None", "Completed"));

        _run.Finds(DefectKind.Invented, "nobody");
    }

    [Fact]
    public void A_step_that_is_there_twice_is_found()
    {
        Append(Step(6, FailingJob, "Running", "Failed") with { Id = "again" });

        _run.Finds(DefectKind.BrokenChain, FailingJob);
    }

    [Fact]
    public void A_job_of_the_baseline_that_appears_is_found()
    {
        Append(Step(6, OldJob, "None", "Running"));

        _run.Finds(DefectKind.BrokenChain, OldJob);
    }

    [Fact]
    public void A_failed_poll_that_the_cloud_answered_is_found()
    {
        _run.Lines[2][1] = _run.Lines[2][1].Replace("success", "error", StringComparison.Ordinal);

        _run.Finds(DefectKind.UnexplainedFailure, Target);
    }

    [Fact]
    public void A_gap_in_a_log_is_found()
    {
        _run.Log[4] = _run.Log[4] with { Sequence = 6 };

        _run.Finds(DefectKind.BrokenSequence, Target);
    }

    [Fact]
    public void Places_that_were_given_to_nobody_are_found()
    {
        _run.Finds(DefectKind.BrokenSequence, Target, run => run with
        {
            Store = run.Store with { Targets = [new StoredTarget(Target, 7)] },
        });
    }

    [Fact]
    public void An_identity_of_two_steps_is_found()
    {
        _run.Log[4] = _run.Log[4] with { Id = _run.Log[3].Id };

        _run.Finds(DefectKind.SharedId, _run.Log[3].Id);
    }

    [Fact]
    public void A_counter_that_counted_a_step_twice_is_found()
    {
        _run.Finds(DefectKind.WrongCounter, "Failed", run => run with
        {
            Store = run.Store with
            {
                Counters = [.. run.Store.Counters.Select(counter => counter.Name.To == "Failed" ? counter with { Count = 2 } : counter)],
            },
        });
    }

    [Fact]
    public void A_counter_that_lost_its_seconds_is_found()
    {
        _run.Finds(DefectKind.WrongCounter, "90 s", run => run with
        {
            Store = run.Store with { Counters = [.. run.Store.Counters.Select(counter => counter with { Seconds = 0 })] },
        });
    }

    [Fact]
    public void A_counter_without_a_step_is_found()
    {
        _run.Finds(DefectKind.WrongCounter, "Canceled", run => run with
        {
            Store = run.Store with
            {
                Counters = [.. run.Store.Counters, new StoredCounter(new CounterName(Target, "job", "Running", "Canceled"), 1, 0)],
            },
        });
    }

    [Fact]
    public void A_scrape_that_differs_from_the_store_is_found()
    {
        _run.Finds(DefectKind.WrongScrape, CounterScrape.Failures, run => run with
        {
            Scrapes = [run.Scrapes[0], run.Scrapes[1] with { Values = LogSums.Series(run.Store.Transitions.Take(3)) }],
        });
    }

    [Fact]
    public void A_scraped_counter_that_went_back_is_found() => _run.Finds(DefectKind.WrongScrape, "went back", run => run with
    {
        Scrapes =
        [
            run.Scrapes[1],
            run.Scrapes[0] with { Values = run.Scrapes[0].Values.ToDictionary(series => series.Key, _ => 0d, StringComparer.Ordinal) },
            run.Scrapes[1],
        ],
    });

    [Fact]
    public void A_transition_that_nobody_told_is_found()
    {
        _run.Lines[2].RemoveAll(line => line.Contains(_run.Log[2].Id, StringComparison.Ordinal));

        _run.Finds(DefectKind.MissingEvent, _run.Log[2].Id);
        _run.Finds(DefectKind.OutOfOrder, $"{Target}/4");
    }

    [Fact]
    public void A_transition_told_under_two_identities_is_found()
    {
        _run.Lines[2].Insert(0, LineOf(_run.Log[2] with { Id = "another" }));

        _run.Finds(DefectKind.UnknownEvent, "another");
    }

    [Fact]
    public void A_transition_told_again_may_not_differ()
    {
        _run.Lines[2].Insert(0, LineOf(_run.Log[2]).Replace("JobStatusChanged", "JobAppeared", StringComparison.Ordinal));

        _run.Finds(DefectKind.DifferentEvent, _run.Log[2].Id);
    }

    [Fact]
    public void A_transition_told_with_another_field_than_the_store_has_is_found()
    {
        _run.Lines[2][0] = LineOf(_run.Log[2] with { FailReason = "Nobody knows." });

        _run.Finds(DefectKind.DifferentEvent, "Nobody knows.");
    }

    [Fact]
    public void Events_in_another_order_than_the_logs_are_found()
    {
        _run.Lines[2].Reverse();

        _run.Finds(DefectKind.OutOfOrder, $"{Target}/5");
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void A_process_that_begins_more_than_a_batch_before_the_last_step_told_is_found(int told, bool isFound)
    {
        Relog([.. Enumerable.Range(1, told).Select(place => Step(place, $"job {place}", "None", "Completed"))]);
        _run.Lines[1].AddRange(_run.Log.Select(LineOf));

        var defects = Verdict.On(_run.Build());

        Assert.Equal(isFound, defects.Any(defect => defect.Kind == DefectKind.OutOfOrder));
    }

    [Fact]
    public void A_watcher_that_did_not_come_to_show_the_list_is_found() =>
        _run.Finds(DefectKind.Unsettled, "31", run => run with { Unsettled = "Expected: 0, actual: 31" });

    [Fact]
    public void A_damaged_store_is_found() => _run.Finds(DefectKind.SickStore, "row 7", run => run with
    {
        Store = run.Store with { Integrity = "row 7 missing from index" },
    });

    [Fact]
    public void A_cursor_that_stayed_behind_is_found() => _run.Finds(DefectKind.SickStore, Target, run => run with
    {
        Store = run.Store with { Cursors = new Dictionary<string, long>(StringComparer.Ordinal) { [Target] = 4 } },
    });

    private void Append(StoredTransition step)
    {
        _run.Log.Add(step);
        _run.Lines[2].Add(LineOf(step));
    }

    // Another log, told as well as the first: each process tells what it told, as far as that is still there.
    private void Relog(params StoredTransition[] log)
    {
        _run.Log.Clear();
        _run.Log.AddRange(log);
        foreach (var lines in _run.Lines.Values)
        {
            lines.RemoveAll(line => line.Contains("TransitionId", StringComparison.Ordinal));
        }

        _run.Lines[2].AddRange(log.Select(LineOf));
    }
}
