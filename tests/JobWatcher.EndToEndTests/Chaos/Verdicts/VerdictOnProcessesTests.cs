using JobWatcher.EndToEndTests.Chaos.Logs;
using static JobWatcher.EndToEndTests.Chaos.Verdicts.SoundRun;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>What is wrong with a process or its lines is found.</summary>
public sealed class VerdictOnProcessesTests
{
    private readonly SoundRun _run = Begin();

    [Fact]
    public void A_broken_line_within_an_output_is_found()
    {
        _run.Lines[1].Insert(0, """{"@t":"20""");

        _run.Finds(DefectKind.BrokenLine, """{"@t":"20""");
    }

    [Fact]
    public void A_last_line_that_the_kill_cut_off_is_let_pass_and_any_other_is_found()
    {
        var run = _run.Build();

        Assert.Empty(Verdict.On(run with { Processes = [Cut(run.Processes[0]), run.Processes[1]] }));
        Assert.Contains(
            Verdict.On(run with { Processes = [run.Processes[0], Cut(run.Processes[1])] }),
            defect => defect.Kind == DefectKind.BrokenLine);

        static ProcessLog Cut(ProcessLog process) => process with { Output = process.Output + """{"@t":"20""" };
    }

    [Theory]
    [InlineData("StoreUnavailable")]
    [InlineData("TransitionsUnreported")]
    [InlineData("CommitRefused")]
    [InlineData("Fatal")]
    public void A_complaint_of_a_process_is_found(string name)
    {
        _run.Lines[1].Add($$"""{ "EventId": { "Name": "{{name}}" } }""");

        _run.Finds(DefectKind.SickProcess, name);
    }

    [Fact]
    public void A_process_that_failed_to_stop_is_found() => _run.Finds(DefectKind.SickProcess, "ended with 134", run => run with
    {
        Processes = [run.Processes[0], run.Processes[1] with { ExitCode = 134 }],
    });

    [Fact]
    public void A_process_that_ended_by_itself_is_found() => _run.Finds(DefectKind.SickProcess, "by itself", run => run with
    {
        Processes = [run.Processes[0], run.Processes[1] with { WasAskedToStop = false }],
    });

    [Fact]
    public void Words_on_standard_error_are_found() => _run.Finds(DefectKind.SickProcess, "Unhandled", run => run with
    {
        Processes = [run.Processes[0] with { Error = "Unhandled exception." }, run.Processes[1]],
    });
}
