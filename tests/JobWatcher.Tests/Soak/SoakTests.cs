using JobWatcher.Reporting.Metrics;
using JobWatcher.Tests.Web;
using Microsoft.Data.Sqlite;

namespace JobWatcher.Tests.Soak;

/// <summary>
/// Hours of polls in simulated time under every kind of fault: nothing is missed or made up, and what grows is what has to.
/// </summary>
[Collection(nameof(ServiceRig))]
public sealed class SoakTests(ITestOutputHelper output)
{
    // Twice what SQLite lets a log grow to before it writes it back. A restart begins a new one.
    private const long MostOfALog = 8 << 20;

    // Of an hour's memory a good part is what the first polls have warmed up.
    [Fact]
    public Task An_hour_of_twenty_targets_misses_nothing_memory_levels_off_and_no_row_wastes_space() =>
        LiveAsync(hours: 1, targets: 20, Climate.OfAnHour, fewestJobs: 500, mostGrowth: 1.3);

    [Fact]
    public Task A_day_of_a_hundred_targets_misses_nothing_memory_levels_off_and_no_row_wastes_space()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("JOBWATCHER_LONG_TESTS") is "1", "Long: JOBWATCHER_LONG_TESTS=1 runs it.");
        return LiveAsync(hours: 24, targets: 100, Climate.OfADay, fewestJobs: 20_000, mostGrowth: 1.15);
    }

    private async Task LiveAsync(int hours, int targets, Climate climate, int fewestJobs, double mostGrowth)
    {
        await using var rig = await SoakRig.StartAsync(targets, climate);
        var footprints = new List<Footprint>();

        for (var minute = 1; minute <= hours * 60; minute++)
        {
            await rig.LiveAsync();
            if (minute % 15 == 0)
            {
                await rig.PassScrapeAsync();
            }

            if (minute % (hours * 30) == 0)
            {
                rig.StoreWeather.Clear();
                footprints.Add(Footprint.Of(rig));
                output.WriteLine($"{minute} min: {footprints[^1]}");
            }
        }

        await rig.RestAsync(minutes: 10);
        // Rule R2: a series moves with the second scrape.
        await rig.ScrapeAsync();
        var scrape = await rig.ScrapeAsync();
        foreach (var target in rig.Targets)
        {
            target.Settle();
        }

        Tell(rig);
        var faults = rig.Targets.SelectMany(target => target.Faults).ToList();
        Assert.True(faults.Count == 0, $"{faults.Count} faults: {string.Join('\n', faults.Take(10))}");
        Assert.Equal(rig.Log.Lines, Rows(rig, "transitions"));
        Assert.Equal(rig.Log.Lines, Ids(rig));
        Assert.Equal(rig.Log.Lines, Number(rig, "SELECT SUM(count) FROM counters"));
        Assert.Equal(rig.Log.Lines, scrape.Of(MetricFamilies.JobTransitions.Name).Sum(series => scrape[series]));
        Assert.Equal(targets, scrape.Of("jobwatcher_target_up").Sum(series => scrape[series]));
        Assert.All(rig.Targets, target => Assert.Equal(target.Jobs.Listed, target.Jobs.Known));
        Assert.InRange(footprints[1].Heap / (double)footprints[0].Heap, 0, mostGrowth);
        Assert.InRange(footprints[1].BytesARow / footprints[0].BytesARow, 0, 1.1);
        Assert.All(footprints, footprint => Assert.InRange(footprint.WriteAheadLog, 0, MostOfALog));
        AssertWasWorthIt(rig, fewestJobs);
    }

    // A verdict on hours in which nothing went wrong would be worth nothing.
    private static void AssertWasWorthIt(SoakRig rig, int fewestJobs)
    {
        Assert.Empty(rig.Weather.Untried);
        Assert.Empty(rig.StoreWeather.Untried);
        Assert.InRange(rig.Weather.Outages, 1, int.MaxValue);
        Assert.InRange(rig.Restarts, 1, int.MaxValue);
        Assert.InRange(rig.Targets.Sum(target => target.PollsCut), 1, int.MaxValue);
        Assert.InRange(rig.Targets.Sum(target => target.JobsSeen), fewestJobs, int.MaxValue);
    }

    private void Tell(SoakRig rig) => output.WriteLine(
        $"{rig.Targets.Sum(target => target.Polls)} polls, {rig.Targets.Sum(target => target.PollsCut)} cut, "
        + $"{rig.Targets.Sum(target => target.JobsSeen)} jobs, {rig.Log.Lines} transitions, {rig.Restarts} restarts, "
        + $"{rig.Weather.Faults} faults of single projects failed {rig.Weather.FailedPolls} polls, {rig.Weather.Outages} outages, "
        + $"faults of the store failed {rig.StoreWeather.FailedPolls} polls; the clock made {rig.ClockSteps.All} steps, "
        + $"{rig.ClockSteps.Guessed} of them by a guess");

    private static long Rows(SoakRig rig, string table) => Number(rig, $"SELECT COUNT(*) FROM {table}");

    private static long Ids(SoakRig rig) => Number(rig, "SELECT COUNT(DISTINCT id) FROM transitions");

    private static long Number(SoakRig rig, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={rig.StorePath};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>What the watcher takes at one moment.</summary>
    /// <param name="Heap">Bytes that a full collection leaves.</param>
    /// <param name="BytesARow">Bytes of the store for each job and transition that it keeps.</param>
    /// <param name="WriteAheadLog">Bytes of the store's write-ahead log.</param>
    private sealed record Footprint(long Heap, double BytesARow, long WriteAheadLog)
    {
        public static Footprint Of(SoakRig rig)
        {
            var log = new FileInfo(rig.StorePath + "-wal").Length;
            var rows = Rows(rig, "transitions") + Rows(rig, "jobs");
            // What is in the log alone is not in the file yet.
            Number(rig, "PRAGMA wal_checkpoint(PASSIVE)");
            return new Footprint(
                GC.GetTotalMemory(forceFullCollection: true), new FileInfo(rig.StorePath).Length / (double)rows, log);
        }
    }
}
