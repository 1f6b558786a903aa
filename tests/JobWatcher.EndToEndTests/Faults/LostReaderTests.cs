using JobWatcher.EndToEndTests.Chaos.Store;
using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Faults;

/// <summary>A log that nobody reads any more is not taken for one that was read (rule R1).</summary>
public sealed class LostReaderTests
{
    [Fact]
    public async Task A_transition_that_nobody_reads_any_more_is_left_for_the_next_process_to_tell()
    {
        await using var cloud = await Cloud.StartAsync();
        using var pipe = await NamedPipe.MakeAsync();
        var read = pipe.ReadUntilAsync("TargetBaselined");
        await using var watcher = await Watcher.StartAsync(cloud.Watched("prod"), pipe.Launcher);
        await read;
        var job = new CloudJob();

        await cloud.PutAsync(job);
        await watcher.ShowsAsync(scrape => Assert.Equal(1, scrape.Sum("jobwatcher_job_transitions_total")));
        // A stop tries once more to tell what is left.
        Assert.Equal(0, await watcher.Program.StopAsync());

        var left = StoreReader.Read(watcher.StorePath);
        Assert.Equal(job.JobId, Assert.Single(left.Transitions).JobId);
        Assert.Equal(0, left.Cursors["prod"]);

        pipe.Remove();
        await watcher.StartAgainAsync();

        var told = await watcher.TellsAsync("JobAppeared", ("JobId", job.JobId));
        Assert.Equal(left.Transitions[0].Id, told.Text("TransitionId"));
        await watcher.ShowsAsync(scrape => Assert.Equal(0, scrape.Value("jobwatcher_unreported_transitions")));
    }
}
