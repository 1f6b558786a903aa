using System.Runtime.Versioning;
using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Disks;

/// <summary>A start on a disk that cannot be written ends with one line that names the store and the way out.</summary>
[SupportedOSPlatform("linux")]
public sealed class RefusedDiskTests : IAsyncDisposable
{
    // Without its privileges over files the superuser is an owner like others.
    private static readonly string[] AsOwner = Environment.IsPrivilegedProcess
        ? ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
        : [];

    private readonly TempFolder _folder = new();
    private OwnDisk? _disk;

    [Fact]
    public async Task A_file_that_may_not_be_written_is_refused()
    {
        var path = _folder.Write("read-only.db", "");
        File.SetAttributes(path, FileAttributes.ReadOnly);

        await AssertRefusedAsync(path, AsOwner, "cannot be written", "a file that this user may write");
    }

    [Fact]
    public async Task A_folder_that_may_not_be_written_is_refused()
    {
        var folder = Directory.CreateDirectory(_folder.PathOf("locked"));
        File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await AssertRefusedAsync(
            Path.Combine(folder.FullName, "jobwatcher.db"), AsOwner, "cannot be written", "a folder that it may write too");
    }

    [Fact]
    public async Task A_read_only_disk_is_refused()
    {
        var path = await MountAsync();
        await _disk!.MakeReadOnlyAsync();

        await AssertRefusedAsync(path, _disk.Entering, "cannot be written", "Read-only file system");
    }

    [Fact]
    public async Task A_full_disk_is_refused_until_there_is_space()
    {
        var path = await MountAsync();
        _disk!.Fill();

        await AssertRefusedAsync(path, _disk.Entering, "cannot grow because its disk is full: free space there.");

        _disk.Free();
        await using var watcher = await Watcher.StartAsync(Settings(path), _disk.Entering);
        Assert.Equal(1, (await watcher.ScrapeAsync()).Value("jobwatcher_store_up"));
    }

    public async ValueTask DisposeAsync()
    {
        await (_disk?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    // Nobody listens there: what the cloud answers does not matter here.
    private static WatcherSettings Settings(string path) => new()
    {
        Targets = [new TargetSettings("prod", Cloud.Project, new Uri($"http://127.0.0.1:{FreePort.Next()}"))],
        StorePath = path,
    };

    private async Task<string> MountAsync()
    {
        var folder = Directory.CreateDirectory(_folder.PathOf("disk"));
        _disk = await OwnDisk.MountAsync(folder.FullName, size: 4 << 20);
        return Path.Combine(folder.FullName, "jobwatcher.db");
    }

    private async Task AssertRefusedAsync(string path, IReadOnlyList<string> launcher, params string[] parts)
    {
        _folder.Write("jobwatcher.yaml", Settings(path).ToYaml(FreePort.Next()));

        var start = await RefusedStart.ByAsync(launcher, _folder);

        Assert.Equal(1, start.ExitCode);
        var fault = Assert.Single(start.Faults);
        Assert.All(["store.path: ", path, .. parts], part => Assert.Contains(part, fault, StringComparison.Ordinal));
    }
}
