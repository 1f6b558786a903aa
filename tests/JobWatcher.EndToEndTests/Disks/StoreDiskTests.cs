using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Disks;

/// <summary>
/// A disk that fails the running service is told and passes without a restart. What was committed is kept; what could not be is
/// observed later.
/// </summary>
public sealed class StoreDiskTests : IAsyncDisposable
{
    private const int Size = 8 << 20;
    private const string Steps = "jobwatcher_job_transitions_total";

    private readonly TempFolder _folder = new();
    private readonly CloudJob _job = new();
    private OwnDisk? _disk;
    private Cloud? _cloud;
    private Watcher? _watcher;

    private string StorePath => _folder.PathOf("jobwatcher.db");

    private OwnDisk Disk => _disk!;

    private Cloud Cloud => _cloud!;

    private Watcher Watcher => _watcher!;

    [Fact]
    public async Task A_disk_that_fills_up_stops_no_poll_loses_nothing_and_passes_when_there_is_space_again()
    {
        await StartAsync();

        Disk.Fill();

        var told = await Watcher.TellsAsync("StoreUnavailable");
        Assert.EndsWith("cannot grow because its disk is full: free space there.", told.Text("Reason"), StringComparison.Ordinal);
        await Cloud.PutAsync(_job.Completed());
        await StaysDownAsync();
        Disk.Free();

        await RecoversAsync();
        Assert.Single(Watcher.EventsOf("StoreUnavailable"));
        await KeepsAsync();
    }

    [Fact]
    public async Task A_disk_that_becomes_read_only_stops_no_poll_loses_nothing_and_passes_when_it_can_be_written_again()
    {
        await StartAsync();
        // What is open goes on being written; the full disk makes the service open the store again.
        Disk.Fill();
        await Watcher.TellsAsync("StoreUnavailable");
        await Disk.MakeReadOnlyAsync();
        Disk.Free();

        await Watcher.TellsAsync("StoreUnavailable", ("Reason", $"The store {StorePath} cannot be opened for writing: let this user write the file and its folder."));
        await Cloud.PutAsync(_job.Completed());
        await StaysDownAsync();
        await Disk.MakeWritableAsync();

        await RecoversAsync();
        await KeepsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _watcher, _cloud, _disk })
        {
            await (part?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        _folder.Dispose();
    }

    /// <summary>A watcher that has counted one step of the job.</summary>
    private async Task StartAsync()
    {
        _disk = await OwnDisk.MountAsync(_folder.FullName, Size);
        _cloud = await Cloud.StartAsync();
        await Cloud.PutAsync(_job);
        var settings = Cloud.Watched("prod") with { StorePath = StorePath };
        _watcher = await Watcher.StartAsync(settings, Disk.Entering);
        await Watcher.TellsAsync("TargetBaselined");
        await Cloud.PutAsync(_job.Running());
        await Watcher.TellsAsync("JobStatusChanged");
        await Watcher.ShowsAsync(scrape => Assert.Equal(1, scrape.Sum(Steps)));
    }

    private async Task StaysDownAsync()
    {
        var before = await Watcher.ShowsAsync(scrape => Assert.Equal(0, scrape.Value("jobwatcher_store_up")));
        await Watcher.ShowsAsync(scrape =>
        {
            // Not an assertion to try again: it must be down all the time.
            if (scrape.Value("jobwatcher_store_up") > 0)
            {
                throw new InvalidOperationException("The store is up on a disk that fails.");
            }

            Assert.InRange(Errors(scrape), Errors(before) + 3, double.MaxValue);
        });
        Assert.Empty(Watcher.EventsOf("StoreAvailable"));
        Assert.Single(Watcher.EventsOf("JobStatusChanged"));
    }

    private async Task RecoversAsync()
    {
        await Watcher.TellsAsync("StoreAvailable");
        await Watcher.TellsAsync("JobStatusChanged", ("FromStatus", "Running"), ("ToStatus", "Completed"));
        await Watcher.ShowsAsync(scrape =>
        {
            Assert.Equal(1, scrape.Value("jobwatcher_store_up"));
            Assert.Equal(2, scrape.Sum(Steps));
            Assert.Equal(0, scrape.Value("jobwatcher_unreported_transitions"));
        });
    }

    private async Task KeepsAsync()
    {
        await Watcher.Program.KillAsync();
        await Watcher.StartAgainAsync();

        Assert.Equal(2, (await Watcher.ScrapeAsync()).Sum(Steps));
        Assert.Empty(Watcher.EventsOf("JobStatusChanged"));
    }

    private static double Errors(Scrape scrape) => scrape.Value("jobwatcher_polls_total", ("outcome", "error"));
}
