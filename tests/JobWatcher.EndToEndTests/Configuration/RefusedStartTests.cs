using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dapper;
using JobWatcher.EndToEndTests.Programs;
using Microsoft.Data.Sqlite;

namespace JobWatcher.EndToEndTests.Configuration;

/// <summary>A valid configuration that this machine cannot satisfy ends the start with one line.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private static readonly Dictionary<string, (Action<string> Spoil, string Told)> WrongStores = new(StringComparer.Ordinal)
    {
        ["foreign file"] = (
            path => File.WriteAllText(path, "targets: []"),
            "The file {0} is not a SQLite database: move it away, or let store.path name another file."),
        ["foreign database"] = (
            path => Execute(path, "PRAGMA application_id = 42"),
            "The file {0} is another program's database: let store.path name another file."),
        ["newer"] = (
            path => Execute(path, "INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('9999_later.sql', '2038-01-19')"),
            "The store {0} was written by a newer version of JobWatcher: run that version, or restore a backup made before the upgrade."),
        ["damaged"] = (
            Damage,
            "The store {0} is damaged: restore it from a backup, or move it away to start anew."),
    };

    private readonly TempFolder _folder = new();

    public static TheoryData<string> WrongKinds => [.. WrongStores.Keys];

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

    [Theory]
    [MemberData(nameof(WrongKinds))]
    public async Task A_store_of_the_wrong_kind_is_told_with_the_way_out_and_left_alone(string kind)
    {
        var path = _folder.PathOf("jobwatcher.db");
        await using (var watcher = await Watcher.StartAsync(Settings()))
        {
            await watcher.Program.StopAsync();
            File.Copy(watcher.StorePath, path);
        }

        var (spoil, told) = WrongStores[kind];
        spoil(path);
        var before = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        var start = await StartAsync(Settings(), FreePort.Next());

        Assert.Equal(1, start.ExitCode);
        Assert.Equal(
            ["store.path: " + string.Format(CultureInfo.InvariantCulture, told, path)], start.Faults);
        Assert.Empty(start.Output);
        Assert.Equal(before, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _folder.Dispose();

    // Nobody listens there: what the cloud answers does not matter here.
    private static WatcherSettings Settings() => new()
    {
        Targets = [new TargetSettings("prod", "619d3e78f61b4be68bc5aa0b59edcf7b", new Uri($"http://127.0.0.1:{FreePort.Next()}"))],
    };

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Execute(sql);
    }

    private static void Damage(string path)
    {
        using var file = File.OpenWrite(path);
        file.Seek(file.Length / 2, SeekOrigin.Begin);
        file.Write(new byte[8_192]);
    }

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
