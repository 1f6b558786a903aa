using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Backups;

/// <summary>A backup taken under load, restored and run on.</summary>
public sealed class BackupTests
{
    private const string Counter = "jobwatcher_job_transitions_total";

    [Fact]
    public async Task After_a_restore_the_same_steps_have_the_same_ids_and_no_id_names_two_steps()
    {
        await using var cloud = await Cloud.StartAsync();
        await using var watcher = await Watcher.StartAsync(cloud.Watched("prod"));
        await watcher.TellsAsync("TargetBaselined");
        var running = new CloudJob().Running();
        // It has made one step twice when the backup is taken, and makes it a third time after the restore.
        var repeating = new CloudJob().Running();
        await LetAsync(cloud, watcher, repeating, running);
        await LetAsync(cloud, watcher, repeating.Failed("first"));
        await LetAsync(cloud, watcher, repeating);
        await LetAsync(cloud, watcher, repeating.Failed("second"));
        await LetAsync(cloud, watcher, repeating);
        await using var churn = new Churn(cloud);
        await SawAsync(watcher, 100);

        await DoesAsync(watcher, "backup", "--output", "backup");
        var late = new CloudJob();
        await LetAsync(cloud, watcher, running.Completed(), late);
        await SawAsync(watcher, Step.InLog(watcher.Events).Count + 100);
        Assert.Equal(1, (await watcher.CommandAsync("restore", "backup")).ExitCode);
        Assert.Equal(0, await watcher.Program.StopAsync());
        var log = Step.InLog(watcher.Events).ToList();
        var lost = await HistoryAsync(watcher);

        await DoesAsync(watcher, "restore", "backup");
        var kept = await HistoryAsync(watcher);
        await watcher.StartAgainAsync();
        await watcher.TellsAsync("JobStatusChanged", ("JobId", running.JobId), ("ToStatus", "Completed"));
        await LetAsync(cloud, watcher, repeating.Failed("third"));
        var truth = await churn.StopAsync();
        await watcher.ShowsAsync(scrape => Assert.Equal(0, scrape.Value("jobwatcher_unreported_transitions")));
        await AgreesAsync(watcher, truth);
        var counted = await watcher.ShowsAsync(scrape => Assert.Equal(0, scrape.Value("jobwatcher_unreported_transitions")));
        Assert.Equal(0, await watcher.Program.StopAsync());
        var again = Step.InLog(watcher.Events);
        var now = await HistoryAsync(watcher);

        // The backup is the beginning of what came to be lost, and the restored store goes on from it.
        Assert.InRange(kept.Count, 100, lost.Count - 100);
        Assert.Equal(lost.Take(kept.Count), kept);
        Assert.Equal(kept, now.Take(kept.Count));
        // No id names two steps of a log, and none two kinds of step.
        Assert.Equal(lost.Count, Ids(lost).Count);
        Assert.Equal(now.Count, Ids(now).Count);
        var all = lost.Concat(now).Concat(log).Concat(again).Distinct().ToList();
        Assert.Equal(all.Count, Ids(all).Count);
        // What was told before the restore and is seen again has its identity again.
        var repeated = now.Skip(kept.Count).Where(step => lost.Contains(step)).Select(step => step.JobId).ToList();
        Assert.Contains(running.JobId, repeated);
        Assert.Contains(late.JobId, repeated);
        Assert.Equal(
            lost.Concat(now).Select(step => (step.JobId, step.From, step.To)).Where(step => step.JobId != repeating.JobId).Distinct().Count(),
            all.Count(step => step.JobId != repeating.JobId));
        Assert.Equal(3, Ids(now.Where(step => step.JobId == repeating.JobId && step.To == "Failed")).Count);
        // All that is in the store is told and counted.
        Assert.Equal(Ids(now), Ids(log.Concat(again)).Intersect(Ids(now)).ToHashSet(StringComparer.Ordinal));
        Assert.Equal(now.Count, counted.Sum(Counter));
    }

    private static HashSet<string> Ids(IEnumerable<Step> steps) => steps.Select(step => step.Id).ToHashSet(StringComparer.Ordinal);

    private static async Task LetAsync(Cloud cloud, Watcher watcher, params CloudJob[] jobs)
    {
        int Told(CloudJob job) => Step.InLog(watcher.Events).Count(step => step.JobId == job.JobId && step.To == job.Status);
        var before = jobs.Select(Told).ToList();
        await cloud.PutAsync(jobs);
        await Eventually.SeesAsync(() =>
        {
            Assert.All(jobs.Zip(before), job => Assert.True(Told(job.First) > job.Second, $"{job.First} was not told."));
            return Task.CompletedTask;
        });
    }

    private static Task SawAsync(Watcher watcher, int steps) => Eventually.SeesAsync(() =>
    {
        Assert.InRange(Step.InLog(watcher.Events).Count, steps, int.MaxValue);
        return Task.CompletedTask;
    });

    private static Task AgreesAsync(Watcher watcher, IReadOnlyDictionary<string, string> truth) => Eventually.SeesAsync(async () =>
    {
        var last = (await HistoryAsync(watcher)).GroupBy(step => step.JobId, StringComparer.Ordinal)
            .ToDictionary(job => job.Key, job => job.Last().To, StringComparer.Ordinal);
        Assert.All(truth, job => Assert.Equal(job.Value, last[job.Key]));
    });

    private static async Task<IReadOnlyList<Step>> HistoryAsync(Watcher watcher) =>
        Step.InHistory((await DoesAsync(watcher, "history", "--output", "json")).Output);

    private static async Task<RefusedStart> DoesAsync(Watcher watcher, params string[] arguments)
    {
        var command = await watcher.CommandAsync(arguments);
        Assert.True(command.ExitCode == 0, string.Join('\n', command.Faults));
        return command;
    }
}
