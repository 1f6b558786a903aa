using JobWatcher.EndToEndTests.Chaos.Store;
using static JobWatcher.EndToEndTests.Chaos.Verdicts.SoundRun;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>What was committed when a process was killed and did not last is found, though the store of the end may look sound.</summary>
public sealed class VerdictOnCommittedTests
{
    private readonly SoundRun _run = Begin();

    [Fact]
    public void A_step_that_is_not_there_any_more_is_found() => Finds(DefectKind.Undone, "not there", left => left with
    {
        Log = Logged([.. _run.Log.Select(step => step.Id), "6"]),
    });

    [Fact]
    public void A_step_that_has_become_another_is_found() => Finds(DefectKind.Undone, $"{Target}/2 was another", left => left with
    {
        Log = Logged([left.Log[Target][0], "another", left.Log[Target][2]]),
    });

    [Fact]
    public void A_log_of_which_the_end_knows_nothing_is_found() => Finds(DefectKind.Undone, "gone/1", left => left with
    {
        Log = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["gone"] = ["1"] },
    });

    [Fact]
    public void A_store_that_a_process_left_damaged_is_found() =>
        Finds(DefectKind.SickStore, "Process 1", left => left with { Integrity = "row 7 missing from index" });

    [Fact]
    public void A_counter_that_was_committed_without_its_step_is_found() => Finds(DefectKind.WrongCounter, "process 1 had ended", left => left with
    {
        Counters = [.. left.Counters.Skip(1)],
    });

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void A_counter_that_fell_is_found(long more, double moreSeconds) => Finds(DefectKind.WrongCounter, "fell", left => left with
    {
        Counters = [.. left.Counters.Select(counter => counter with { Count = counter.Count + more, Seconds = counter.Seconds + moreSeconds })],
    });

    [Fact]
    public void A_counter_that_is_not_there_any_more_is_found() => Finds(DefectKind.WrongCounter, "fell to nothing", left => left with
    {
        Counters = [.. left.Counters, new StoredCounter(new CounterName(Target, "job", "Running", "Canceled"), 1, 0)],
    });

    private static Dictionary<string, IReadOnlyList<string>> Logged(params string[] ids) => new(StringComparer.Ordinal) { [Target] = ids };

    private void Finds(DefectKind kind, string told, Func<CommittedState, CommittedState> change) =>
        _run.Finds(kind, told, run => run with { Committed = [change(run.Committed[0]), run.Committed[1]] });
}
