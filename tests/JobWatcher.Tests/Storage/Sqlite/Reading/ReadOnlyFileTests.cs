using Dapper;
using JobWatcher.Storage;
using JobWatcher.Storage.Sqlite;
using JobWatcher.Storage.Sqlite.Reading;

namespace JobWatcher.Tests.Storage.Sqlite.Reading;

public sealed class ReadOnlyFileTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();

    [Fact]
    public async Task Reading_a_store_at_rest_makes_no_file_and_changes_none()
    {
        await FillAsync();
        var before = FilesOf(_temp.Folder);

        await ReadAsync();

        Assert.Equal(before, FilesOf(_temp.Folder));
        Assert.DoesNotContain(before, file => file.Name.EndsWith("-wal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reading_a_running_store_takes_no_lock_and_leaves_its_files_alone()
    {
        var store = await _temp.OpenAsync();
        await store.AppearAsync("prod", Make.Noon, "a");
        var before = FilesOf(_temp.Folder);

        Assert.Equal(1, await ReadAsync());

        Assert.Equal(before, FilesOf(_temp.Folder));
        await store.AppearAsync("prod", Make.Noon, "b");
        Assert.Equal(2, await ReadAsync());
    }

    [Fact]
    public async Task What_a_killed_service_left_in_its_log_is_read_and_stays_there()
    {
        var store = await _temp.OpenAsync();
        await store.AppearAsync("prod", Make.Noon, "a");
        var copy = Path.Combine(_temp.Folder, "killed.db");
        File.Copy(_temp.Path, copy);
        File.Copy(_temp.Path + "-wal", copy + "-wal");
        var log = await File.ReadAllBytesAsync(copy + "-wal");

        Assert.Equal(1, await ReadAsync(copy));

        Assert.Equal(log, await File.ReadAllBytesAsync(copy + "-wal"));
    }

    [Fact]
    public async Task A_store_that_wakes_up_while_it_is_read_is_read_again()
    {
        await FillAsync();
        var reads = 0;

        var count = await new ReadOnlyFile(_temp.Path, "store").ReadAsync(
            async connection =>
            {
                var read = connection.QuerySingle<int>("SELECT COUNT(*) FROM transitions");
                if (reads++ == 0)
                {
                    var store = await _temp.OpenAsync();
                    await store.AppearAsync("prod", Make.Noon, "b");
                }

                return read;
            },
            CancellationToken.None);

        Assert.Equal(2, reads);
        Assert.Equal(2, count);
    }

    [Fact]
    public async Task A_missing_store_is_told_and_not_made()
    {
        await AssertFaultAsync($"There is no store {_temp.Path}: start the service");

        Assert.Empty(Directory.GetFiles(_temp.Folder));
    }

    [Theory]
    [InlineData("no database at all, but a text that is long enough to have a header of a hundred bytes, or at least nearly so")]
    [InlineData("")]
    public async Task A_file_of_something_else_is_told(string content)
    {
        await File.WriteAllTextAsync(_temp.Path, content);

        await AssertFaultAsync($"The file {_temp.Path} is no store of JobWatcher.");
    }

    [Fact]
    public async Task A_database_of_another_program_is_told()
    {
        using (var connection = _temp.Connect())
        {
            connection.Execute("CREATE TABLE transitions (id)");
        }

        await AssertFaultAsync($"The file {_temp.Path} is no store of JobWatcher.");
    }

    [Fact]
    public async Task A_damaged_store_is_told()
    {
        await FillAsync();
        await using (var file = File.OpenWrite(_temp.Path))
        {
            file.Position = 4_096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 12 * 4_096).ToArray());
        }

        await AssertFaultAsync($"The store {_temp.Path} is damaged: restore it from a backup");
    }

    [Theory]
    [InlineData("DELETE FROM SchemaVersions WHERE ScriptName LIKE '0004%'", "was written by an older version")]
    [InlineData("DROP TABLE SchemaVersions", "was written by an older version")]
    [InlineData("INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('9999_of_tomorrow.sql', '')", "was written by a newer version")]
    public async Task A_store_of_another_version_is_told(string change, string told)
    {
        await FillAsync();
        using (var connection = _temp.Connect())
        {
            connection.Execute(change);
        }

        await AssertFaultAsync($"The store {_temp.Path} {told}");
    }

    [Fact]
    public async Task An_interrupted_restore_is_told_and_not_read_around()
    {
        await FillAsync();
        await File.WriteAllTextAsync(PendingRestore.FileOf(_temp.Path), "");

        await AssertFaultAsync($"A restore of {_temp.Path} was interrupted");
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    private static List<(string Name, long Length, DateTime Written)> FilesOf(string folder) =>
    [
        // The shared memory of a running store is where readers register.
        .. new DirectoryInfo(folder).GetFiles().Where(file => !file.Name.EndsWith("-shm", StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => (file.Name, file.Length, file.LastWriteTimeUtc)),
    ];

    private async Task FillAsync()
    {
        await using var store = await _temp.OpenAsync();
        await store.AppearAsync("prod", Make.Noon, "a");
    }

    private async Task<int> ReadAsync(string? path = null)
    {
        var read = 0;
        await foreach (var page in new TransitionHistory(path ?? _temp.Path).ReadAsync(new TransitionFilter(), CancellationToken.None))
        {
            read += page.Count;
        }

        return read;
    }

    private async Task AssertFaultAsync(string told)
    {
        var fault = await Assert.ThrowsAsync<StoreException>(() => ReadAsync());

        Assert.StartsWith(told, fault.Message, StringComparison.Ordinal);
    }
}
