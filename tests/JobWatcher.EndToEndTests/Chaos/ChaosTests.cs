using System.Diagnostics;
using JobWatcher.EndToEndTests.Chaos.Run;
using JobWatcher.EndToEndTests.Chaos.Verdicts;

namespace JobWatcher.EndToEndTests.Chaos;

/// <summary>
/// The promise itself: however often the watcher is killed and the cloud is cut, no transition is lost, doubled or invented.
/// </summary>
[Collection(nameof(ChaosTests))]
public sealed class ChaosTests(ITestOutputHelper output)
{
    // More than there are processors: a process that lives on takes little of them, one that starts takes all.
    private const int Runs = 5;
    private const int MostDefectsTold = 5;

    [Fact]
    public Task A_hundred_kills_lose_double_and_invent_nothing() => SurvivesAsync(100);

    [Fact]
    public Task A_thousand_kills_lose_double_and_invent_nothing()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("JOBWATCHER_LONG_TESTS") is "1", "Long: JOBWATCHER_LONG_TESTS=1 runs it.");
        return SurvivesAsync(1000);
    }

    private Task SurvivesAsync(int kills) =>
        Task.WhenAll(Enumerable.Range(ChaosSeed.First, Runs).Select(seed => SurvivesAsync(seed, kills / Runs)));

    private async Task SurvivesAsync(int seed, int kills)
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

        var figures = RunFigures.Of(evidence);
        output.WriteLine($"{again} {figures} in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s.");
        var defects = Verdict.On(evidence);
        Assert.True(
            defects.Count == 0,
            $"{defects.Count} defects. {again}\n{string.Join('\n', defects.Take(MostDefectsTold))}");
        Assert.InRange(figures.Kills, kills, int.MaxValue);
        Assert.InRange(figures.Steps, kills, int.MaxValue);
        Assert.InRange(figures.PollsTaken, kills / 2, int.MaxValue);
        Assert.InRange(figures.ToldLater, 1, int.MaxValue);
        Assert.InRange(figures.ToldAgain, 1, int.MaxValue);
    }
}

/// <summary>Nothing else runs meanwhile: the machine's time is what kills are measured in.</summary>
[CollectionDefinition(nameof(ChaosTests), DisableParallelization = true)]
public sealed class ChaosTestsDefinition;
