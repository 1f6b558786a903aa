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
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("JOBWATCHER_LONG_TESTS") is "1";

    private static readonly int Hours = IsLong ? 24 : 1;
    private static readonly int Targets = IsLong ? 100 : 20;

    // Of an hour's memory a good part is what the first polls have warmed up.
    private static readonly double MostGrowth = IsLong ? 1.15 : 1.3;

    [Fact]
    public async Task Nothing_is_missed_memory_levels_off_and_no_row_wastes_space()
    {
        await using var rig = await SoakRig.StartAsync(Targets);
        var footprints = new List<Footprint>();

        for (var minute = 1; minute <= Hours * 60; minute++)
        {
            await rig.LiveAsync();
            if (minute % 15 == 0)
            {
                await rig.PassScrapeAsync();
            }

            if (minute % (Hours * 30) == 0)
            {
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

        output.WriteLine(
            $"{rig.Targets.Sum(target => target.Polls)} polls, {rig.Targets.Sum(target => target.JobsSeen)} jobs, "
            + $"{rig.Log.Lines} transitions, {rig.FaultsSeen.Values.Sum()} faults of {rig.FaultsSeen.Count} kinds");
        var faults = rig.Targets.SelectMany(target => target.Faults).ToList();
        Assert.True(faults.Count == 0, $"{faults.Count} faults: {string.Join('\n', faults.Take(10))}");
        Assert.Equal(rig.Log.Lines, Rows(rig, "transitions"));
        Assert.Equal(rig.Log.Lines, Ids(rig));
        Assert.Equal(rig.Log.Lines, Number(rig, "SELECT SUM(count) FROM counters"));
        Assert.Equal(rig.Log.Lines, scrape.Of(Families.JobTransitions.Name).Sum(series => scrape[series]));
        Assert.Equal(Targets, scrape.Of("jobwatcher_target_up").Sum(series => scrape[series]));
        Assert.All(rig.Targets, target => Assert.Equal(target.Jobs.Listed, target.Jobs.Known));
        Assert.InRange(footprints[1].Heap / (double)footprints[0].Heap, 0, MostGrowth);
        Assert.InRange(footprints[1].BytesARow / footprints[0].BytesARow, 0, 1.1);
        Assert.InRange(footprints[1].WriteAheadLog / (double)footprints[0].WriteAheadLog, 0, 1.5);
    }

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
            return new Footprint(
                GC.GetTotalMemory(forceFullCollection: true), (new FileInfo(rig.StorePath).Length + log) / (double)rows, log);
        }
    }
}
