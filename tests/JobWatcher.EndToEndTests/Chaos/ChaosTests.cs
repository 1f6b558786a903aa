using System.Diagnostics;
using JobWatcher.EndToEndTests.Chaos.Run;
using JobWatcher.EndToEndTests.Chaos.Verdicts;

namespace JobWatcher.EndToEndTests.Chaos;

/// <summary>
/// The promise itself: however often the watcher is killed and the cloud is cut, no transition is lost, doubled or invented,
/// and people are told of each failure and of its end, once.
/// </summary>
[Collection(nameof(ChaosTests))]
public sealed class ChaosTests(ITestOutputHelper output)
{
    // More than there are processors: a process that lives on takes little of them, one that starts takes all.
    private const int Runs = 5;
    private const int MostDefectsTold = 3;

    [Fact]
    public Task A_hundred_kills_lose_double_and_invent_nothing() => SurviveAsync(100);

    [Fact]
    public Task A_thousand_kills_lose_double_and_invent_nothing()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("JOBWATCHER_LONG_TESTS") is "1", "Long: JOBWATCHER_LONG_TESTS=1 runs it.");
        return SurviveAsync(1000);
    }

    private async Task SurviveAsync(int kills)
    {
        var runs = await Task.WhenAll(Enumerable.Range(ChaosSeed.First, Runs).Select(seed => FindDefectsAsync(seed, kills / Runs)));

        Assert.True(runs.All(run => run.Failure is null), string.Join('\n', runs.Select(run => run.Failure)));
        Assert.True(
            RunFigures.HaveMetAll([.. runs.Select(run => run.Figures).OfType<RunFigures>()]),
            "All runs together lack kills between a commit, its report and its cursor, a cut, or an outage that was passed on.");
    }

    private async Task<(string? Failure, RunFigures? Figures)> FindDefectsAsync(int seed, int kills)
    {
        var started = Stopwatch.GetTimestamp();
        var again = $"Seed {seed}; {ChaosSeed.Variable}={seed} begins with it.";
        Evidence evidence;
        try
        {
            evidence = await ChaosRun.RunAsync(seed, kills);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"The run could not be brought to its end. {again}", exception);
        }

        var defects = Verdict.On(evidence);
        if (defects.Any(defect => defect.Kind == DefectKind.BrokenLine))
        {
            // What cannot be read cannot be counted either.
            return (Failure(), null);
        }

        var figures = RunFigures.Of(evidence);
        output.WriteLine($"{again} {figures} in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s.");
        return (defects.Count > 0 ? Failure() : figures.IsWorthAVerdict(kills) ? null : $"This run tried too little. {again} {figures}", figures);

        string Failure() => $"{defects.Count} defects. {again}\n{string.Join('\n', Told(defects))}";
    }

    // Each kind is told, before any of them is told often.
    private static IEnumerable<Defect> Told(IEnumerable<Defect> defects) => defects
        .GroupBy(defect => defect.Kind)
        .SelectMany(kind => kind.Take(MostDefectsTold));
}

/// <summary>Nothing else runs meanwhile: the machine's time is what kills are measured in.</summary>
[CollectionDefinition(nameof(ChaosTests), DisableParallelization = true)]
public sealed class ChaosTestsDefinition;
