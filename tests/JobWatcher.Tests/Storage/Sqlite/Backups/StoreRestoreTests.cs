using System.Runtime.Versioning;
using Dapper;
using JobWatcher.Storage;
using JobWatcher.Storage.Sqlite.Backups;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.Tests.Storage.Sqlite.Backups;

public sealed class StoreRestoreTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly FakeTimeProvider _time = new(Make.Noon);

    private string Backup => Path.Combine(_temp.Folder, "backup");

    private string Kept => _temp.Path + ".replaced-20240506T120000Z";

    [Fact]
    public async Task The_store_is_as_it_was_backed_up_and_the_replaced_one_is_kept()
    {
        await BackUpThenGoOnAsync();

        var result = await RestoreAsync();

        Assert.Equal(Kept, result.Kept);
        Assert.Equal(1, result.Copy.Transitions);
        Assert.Equal(["early"], await JobsOfAsync(_temp.Path));
        Assert.Equal(["early", "late"], await JobsOfAsync(Kept));
    }

    [Fact]
    public async Task A_restored_store_goes_on_as_if_what_came_after_the_backup_had_not_happened()
    {
        var before = await BackUpThenGoOnAsync();
        await RestoreAsync();
        var store = await _temp.OpenAsync();

        var again = await store.AppearAsync("prod", Make.Noon.AddHours(1), "late", "other");

        Assert.Equal(before.Transitions[0].Id, again.Transitions[0].Id);
        Assert.Equal(before.Transitions[0].Sequence, again.Transitions[0].Sequence);
        Assert.NotEqual(before.Transitions[0].Id, again.Transitions[1].Id);
    }

    [Fact]
    public async Task A_replaced_store_can_be_restored_in_its_turn_with_what_was_still_in_its_log()
    {
        var store = await _temp.OpenAsync();
        await StoreBackup.WriteAsync(_temp.Path, Backup, CancellationToken.None);
        await store.AppearAsync("prod", Make.Noon, "in-the-log");
        // The files of a killed service, in a folder without one.
        var killed = Path.Combine(_temp.Folder, "killed", "jobwatcher.db");
        Directory.CreateDirectory(Path.GetDirectoryName(killed)!);
        File.Copy(_temp.Path, killed);
        File.Copy(_temp.Path + "-wal", killed + "-wal");
        var restore = new StoreRestore(killed, _time);

        var first = await restore.FromAsync(Backup, CancellationToken.None);
        Assert.Empty(await JobsOfAsync(killed));
        await restore.FromAsync(first.Kept!, CancellationToken.None);

        Assert.Equal(["in-the-log"], await JobsOfAsync(killed));
    }

    [Fact]
    public async Task Where_there_was_no_store_there_is_one_then()
    {
        await BackUpThenGoOnAsync();
        var elsewhere = Path.Combine(_temp.Folder, "new", "jobwatcher.db");

        var result = await new StoreRestore(elsewhere, _time).FromAsync(Backup, CancellationToken.None);

        Assert.Null(result.Kept);
        Assert.Equal(["early"], await JobsOfAsync(elsewhere));
    }

    [Fact]
    public async Task A_stream_is_restored_like_a_file()
    {
        await BackUpThenGoOnAsync();
        await using var stream = File.OpenRead(Backup);

        await new StoreRestore(_temp.Path, _time).FromAsync(stream, CancellationToken.None);

        Assert.Equal(["early"], await JobsOfAsync(_temp.Path));
        Assert.False(File.Exists(_temp.Path + ".received"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task What_a_stream_holds_is_readable_by_its_owner_alone_meanwhile()
    {
        await BackUpThenGoOnAsync();
        var received = _temp.Path + ".received";
        await File.WriteAllTextAsync(received, "left behind, for all to read");
        var mode = UnixFileMode.None;
        await using var stream = new WatchedStream(await File.ReadAllBytesAsync(Backup), () => mode = File.GetUnixFileMode(received));

        await new StoreRestore(_temp.Path, _time).FromAsync(stream, CancellationToken.None);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Fact]
    public async Task A_store_in_use_is_left_alone()
    {
        var store = await _temp.OpenAsync();
        await StoreBackup.WriteAsync(_temp.Path, Backup, CancellationToken.None);
        await store.AppearAsync("prod", Make.Noon, "a");

        await AssertRefusedAsync($"The store {_temp.Path} is in use by another process");

        Assert.Single(await store.ReadLogAsync());
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    public async Task A_backup_cut_short_is_refused(double part)
    {
        await BackUpThenGoOnAsync();
        await using (var file = File.OpenWrite(Backup))
        {
            file.SetLength((long)(file.Length * part));
        }

        await AssertRefusedAsync($"The backup {Backup} is damaged: use another one.");
    }

    [Fact]
    public async Task A_backup_whose_index_contradicts_its_table_is_refused()
    {
        await BackUpThenGoOnAsync();
        using (var connection = _temp.Connect(Backup))
        {
            connection.Execute(
                """
                PRAGMA writable_schema = ON;
                UPDATE sqlite_schema SET sql = 'CREATE INDEX transitions_by_job ON transitions (job_id, target)'
                WHERE name = 'transitions_by_job'
                """);
        }

        await AssertRefusedAsync($"The backup {Backup} is damaged: use another one.");
    }

    [Fact]
    public async Task Something_else_is_refused()
    {
        await BackUpThenGoOnAsync();
        await File.WriteAllTextAsync(Backup, new string('x', 10_000));

        await AssertRefusedAsync($"The file {Backup} is no backup of JobWatcher.");
    }

    [Fact]
    public async Task A_missing_backup_is_told()
    {
        await using (await _temp.OpenAsync())
        {
        }

        await AssertRefusedAsync($"There is no backup {Backup}: name another file.");
    }

    [Fact]
    public async Task A_backup_of_a_newer_version_is_refused_and_one_of_an_older_version_is_taken()
    {
        await BackUpThenGoOnAsync();
        using (var connection = _temp.Connect(Backup))
        {
            connection.Execute("DROP INDEX transitions_by_observed; DELETE FROM SchemaVersions WHERE ScriptName LIKE '0004%'");
        }

        await RestoreAsync();
        Assert.Equal(["early"], await JobsOfAsync(_temp.Path));

        using (var connection = _temp.Connect(Backup))
        {
            connection.Execute("INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('9999_of_tomorrow.sql', '')");
        }

        await AssertRefusedAsync($"The backup {Backup} was written by a newer version");
    }

    [Fact]
    public async Task Another_programs_database_is_not_replaced()
    {
        await BackUpThenGoOnAsync();
        var foreign = Path.Combine(_temp.Folder, "foreign.db");
        using (var connection = _temp.Connect(foreign))
        {
            connection.Execute("CREATE TABLE theirs (id)");
        }

        var fault = await Assert.ThrowsAsync<StoreException>(
            () => new StoreRestore(foreign, _time).FromAsync(Backup, CancellationToken.None));

        Assert.StartsWith($"The file {foreign} is another program's database", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_store_is_replaced_and_kept_as_it_was()
    {
        await BackUpThenGoOnAsync();
        await File.WriteAllTextAsync(_temp.Path, "what a broken disk left");

        var result = await RestoreAsync();

        Assert.Equal(["early"], await JobsOfAsync(_temp.Path));
        Assert.Equal("what a broken disk left", await File.ReadAllTextAsync(result.Kept!));
    }

    [Fact]
    public async Task The_store_is_not_its_own_backup()
    {
        await BackUpThenGoOnAsync();

        var fault = await Assert.ThrowsAsync<StoreException>(
            () => new StoreRestore(_temp.Path, _time).FromAsync(_temp.Path, CancellationToken.None));

        Assert.StartsWith($"The file {_temp.Path} is the store itself", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_restores_in_one_second_keep_both_stores()
    {
        await BackUpThenGoOnAsync();

        var first = await RestoreAsync();
        var second = await RestoreAsync();

        Assert.Equal(["early", "late"], await JobsOfAsync(first.Kept!));
        Assert.Equal(["early"], await JobsOfAsync(second.Kept!));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Who_may_read_the_store_stays_as_it_was()
    {
        await BackUpThenGoOnAsync();
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(_temp.Path, Mode);

        await RestoreAsync();

        Assert.Equal(Mode, File.GetUnixFileMode(_temp.Path));
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    private Task<RestoreResult> RestoreAsync() => new StoreRestore(_temp.Path, _time).FromAsync(Backup, CancellationToken.None);

    private async Task<CommitResult> BackUpThenGoOnAsync()
    {
        await using var store = await _temp.OpenAsync();
        await store.AppearAsync("prod", Make.Noon, "early");
        await StoreBackup.WriteAsync(_temp.Path, Backup, CancellationToken.None);
        return await store.AppearAsync("prod", Make.Noon, "late");
    }

    private async Task<IReadOnlyList<string>> JobsOfAsync(string path)
    {
        await using var store = _temp.New(path);
        await store.OpenAsync(CancellationToken.None);
        return [.. (await store.ReadLogAsync()).Select(committed => committed.Transition.Job.JobId)];
    }

    private async Task AssertRefusedAsync(string told)
    {
        var before = Directory.GetFiles(_temp.Folder).Order(StringComparer.Ordinal).ToList();
        var content = await File.ReadAllBytesAsync(_temp.Path);

        var fault = await Assert.ThrowsAsync<StoreException>(RestoreAsync);

        Assert.StartsWith(told, fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(_temp.Folder).Order(StringComparer.Ordinal));
        Assert.Equal(content, await File.ReadAllBytesAsync(_temp.Path));
    }
    private sealed class WatchedStream(byte[] content, Action read) : MemoryStream(content)
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            read();
            return base.CopyToAsync(destination, bufferSize, cancellationToken);
        }
    }
}
