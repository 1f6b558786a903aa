using System.Net;
using System.Net.Sockets;
using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Configuration;

/// <summary>A valid configuration that this machine cannot satisfy ends the start with one line.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_store_that_cannot_be_written_is_told_with_its_path()
    {
        _folder.Write("file", "no folder");

        var start = await StartAsync(Settings() with { StorePath = "file/jobwatcher.db" }, FreePort.Next());

        Tells(start, "store.path: ", _folder.PathOf("file/jobwatcher.db"));
    }

    [Fact]
    public async Task A_store_path_that_is_a_folder_is_told_with_its_path()
    {
        Directory.CreateDirectory(_folder.PathOf("folder"));

        var start = await StartAsync(Settings() with { StorePath = "folder" }, FreePort.Next());

        Tells(start, "store.path: ", _folder.PathOf("folder"), "file");
    }

    [Fact]
    public async Task A_port_in_use_is_told_with_its_address_and_makes_no_store()
    {
        var port = FreePort.Next();
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();

        var start = await StartAsync(Settings(), port);

        Tells(start, "server.listen: ", $"http://127.0.0.1:{port}", "another address");
        Assert.False(File.Exists(_folder.PathOf("jobwatcher.db")));
    }

    [Fact]
    public async Task A_store_in_use_by_another_watcher_is_told_and_the_other_goes_on()
    {
        await using var first = await Watcher.StartAsync(Settings());

        var start = await StartAsync(Settings() with { StorePath = first.StorePath }, FreePort.Next());

        Tells(start, "store.path: ", first.StorePath, "in use by another process");
        Assert.NotEmpty((await first.ScrapeAsync()).All);
    }

    public void Dispose() => _folder.Dispose();

    // Nobody listens there: what the cloud answers does not matter here.
    private static WatcherSettings Settings() => new()
    {
        Targets = [new TargetSettings("prod", "619d3e78f61b4be68bc5aa0b59edcf7b", new Uri($"http://127.0.0.1:{FreePort.Next()}"))],
    };

    private static void Tells(RefusedStart start, params string[] parts)
    {
        Assert.Equal(1, start.ExitCode);
        var fault = Assert.Single(start.Faults);
        Assert.StartsWith(parts[0], fault, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, fault, StringComparison.Ordinal));
        Assert.DoesNotContain(start.Output, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    private async Task<RefusedStart> StartAsync(WatcherSettings settings, int port)
    {
        _folder.Write("jobwatcher.yaml", settings.ToYaml(port));
        return await RefusedStart.InAsync(_folder);
    }
}
