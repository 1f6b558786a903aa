using System.Runtime.Versioning;
using Dapper;
using JobWatcher.Storage;
using JobWatcher.Storage.Sqlite;
using JobWatcher.Storage.Sqlite.Backups;

namespace JobWatcher.Tests.Storage.Sqlite.Backups;

public sealed class StoreBackupTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();

    private string Target => Path.Combine(_temp.Folder, "backups", "today.backup");

    public StoreBackupTests() => Directory.CreateDirectory(Path.GetDirectoryName(Target)!);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_backup_is_one_sound_file_that_its_owner_alone_may_read()
    {
        var store = await _temp.OpenAsync();
        await store.AppearAsync("prod", Make.Noon, "a", "b");
        await store.AppearAsync("test", Make.Noon, "c");

        var facts = await BackUpAsync();

        Assert.Equal(new CopyFacts(2, 3, new FileInfo(Target).Length), facts);
        Assert.Equal([Target], Directory.GetFiles(Path.GetDirectoryName(Target)!));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        Assert.Equal(new SqliteHeader(SqliteFile.ApplicationId, IsWal: false), SqliteHeader.Read(Target));
        using var connection = _temp.Connect(Target);
        Assert.Equal("ok", connection.QuerySingle<string>("PRAGMA integrity_check"));
        Assert.Equal(["a", "b", "c"], connection.Query<string>("SELECT job_id FROM transitions ORDER BY job_id"));
    }

    [Fact]
    public async Task Commits_go_on_while_it_is_made_and_each_is_in_it_whole_or_not_at_all()
    {
        var store = await _temp.OpenAsync();
        await store.AppearAsync("prod", Make.Noon, [.. Enumerable.Range(0, 5_000).Select(number => $"job-{number}")]);
        using var done = new CancellationTokenSource();
        var commits = 0;
        var writing = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await store.AppearAsync("prod", Make.Noon, $"more-{commits}-a", $"more-{commits}-b");
                commits++;
            }
        });
        await Eventually.Holds(() => commits > 3);

        var before = commits;
        await BackUpAsync();
        var after = commits;
        await Eventually.Holds(() => commits > after + 3);
        await done.CancelAsync();
        await writing;

        Assert.True(after > before, "No commit came through while the backup was made.");
        using var connection = _temp.Connect(Target);
        var polls = connection.QuerySingle<int>("SELECT version FROM targets") - 1;
        Assert.InRange(polls, before, after + 1);
        Assert.Equal(5_000 + (2 * polls), connection.QuerySingle<int>("SELECT COUNT(*) FROM transitions"));
        Assert.Equal(5_000 + (2 * polls), connection.QuerySingle<int>("SELECT COUNT(*) FROM jobs"));
    }

    [Fact]
    public async Task An_earlier_backup_is_replaced()
    {
        var store = await _temp.OpenAsync();
        await BackUpAsync();
        await store.AppearAsync("prod", Make.Noon, "a");

        var facts = await BackUpAsync();

        Assert.Equal(1, facts.Transitions);
        Assert.Equal([Target], Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Theory]
    [InlineData("precious")]
    [InlineData("")]
    public async Task What_is_no_backup_is_left_alone(string content)
    {
        await _temp.OpenAsync();
        await File.WriteAllTextAsync(Target, content);

        await AssertRefusedAsync(Target, $"The file {Target} exists and is no backup");

        Assert.Equal(content, await File.ReadAllTextAsync(Target));
    }

    [Fact]
    public async Task A_store_is_never_taken_for_an_earlier_backup()
    {
        await _temp.OpenAsync();
        await using (var other = _temp.New(Target))
        {
            await other.OpenAsync(CancellationToken.None);
        }

        await AssertRefusedAsync(Target, $"The file {Target} exists and is no backup");
        await AssertRefusedAsync(_temp.Path, $"The file {_temp.Path} is the store itself");
    }

    [Fact]
    public async Task A_store_that_was_just_restored_is_never_taken_for_an_earlier_backup()
    {
        await using (await _temp.OpenAsync())
        {
            await BackUpAsync();
        }

        await new StoreRestore(_temp.Path, TimeProvider.System).FromAsync(Target, CancellationToken.None);

        await AssertRefusedAsync(_temp.Path, $"The file {_temp.Path} is the store itself");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("-journal", true)]
    [InlineData("-of-mine", false)]
    public async Task What_a_killed_backup_left_is_deleted_when_it_is_a_day_old(string suffix, bool isDeleted)
    {
        await _temp.OpenAsync();
        var old = Leave($"{Target}.{Guid.NewGuid():N}.partial{suffix}", age: TimeSpan.FromHours(25));
        var young = Leave($"{Target}.{Guid.NewGuid():N}.partial{suffix}", age: TimeSpan.FromHours(23));
        var anothers = Leave($"{Target}-2.{Guid.NewGuid():N}.partial{suffix}", age: TimeSpan.FromHours(25));

        await BackUpAsync();

        Assert.Equal(!isDeleted, File.Exists(old));
        Assert.True(File.Exists(young));
        Assert.True(File.Exists(anothers));
    }

    [Fact]
    public async Task What_a_killed_backup_left_among_temporary_files_is_deleted_when_it_is_a_day_old()
    {
        await _temp.OpenAsync();
        var old = Leave(Path.Combine(Path.GetTempPath(), $"jobwatcher-{Guid.NewGuid():N}.partial"), TimeSpan.FromHours(25));

        await StoreBackup.WriteAsync(_temp.Path, Stream.Null, CancellationToken.None);

        Assert.False(File.Exists(old));
    }

    [Fact]
    public async Task A_link_to_an_earlier_backup_stays_a_link()
    {
        await _temp.OpenAsync();
        await BackUpAsync();
        var link = Path.Combine(_temp.Folder, "latest");
        File.CreateSymbolicLink(link, Target);

        await StoreBackup.WriteAsync(_temp.Path, link, CancellationToken.None);

        Assert.Equal(Target, new FileInfo(link).LinkTarget);
        Assert.Equal(2, Directory.GetFiles(_temp.Folder, "*", SearchOption.AllDirectories)
            .Count(file => !Path.GetFileName(file).StartsWith("jobwatcher.db", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_missing_folder_is_told()
    {
        await _temp.OpenAsync();
        var path = Path.Combine(_temp.Folder, "missing", "b");

        await AssertRefusedAsync(path, $"The file {path} cannot be written (its folder does not exist)");
    }

    [Fact]
    public async Task A_folder_is_no_file()
    {
        await _temp.OpenAsync();

        await AssertRefusedAsync(_temp.Folder, $"{_temp.Folder} is a folder: name a file in it.");
    }

    [Fact]
    public async Task A_damaged_store_makes_no_backup_and_spoils_no_earlier_one()
    {
        await using (var store = await _temp.OpenAsync())
        {
            await store.AppearAsync("prod", Make.Noon, [.. Enumerable.Range(0, 500).Select(number => $"job-{number}")]);
        }

        await BackUpAsync();
        var earlier = await File.ReadAllBytesAsync(Target);
        await using (var file = File.OpenWrite(_temp.Path))
        {
            // A page of a table, which is read only when it is copied.
            file.Position = file.Length / 2 / 4_096 * 4_096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 4_096).ToArray());
        }

        await AssertRefusedAsync(Target, $"The store {_temp.Path} is damaged");

        Assert.Equal(earlier, await File.ReadAllBytesAsync(Target));
        Assert.Equal([Target], Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public async Task Giving_up_leaves_nothing_behind()
    {
        await _temp.OpenAsync();
        using var given = new CancellationTokenSource();
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StoreBackup.WriteAsync(_temp.Path, Target, given.Token));

        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public async Task A_stream_gets_the_same_file()
    {
        var store = await _temp.OpenAsync();
        await store.AppearAsync("prod", Make.Noon, "a");
        using var stream = new MemoryStream();

        var facts = await StoreBackup.WriteAsync(_temp.Path, stream, CancellationToken.None);

        await BackUpAsync();
        Assert.Equal(await File.ReadAllBytesAsync(Target), stream.ToArray());
        Assert.Equal(stream.Length, facts.Bytes);
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    private static string Leave(string path, TimeSpan age)
    {
        File.WriteAllText(path, "half a backup");
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime - age);
        return path;
    }

    private Task<CopyFacts> BackUpAsync() => StoreBackup.WriteAsync(_temp.Path, Target, CancellationToken.None);

    private async Task AssertRefusedAsync(string path, string told)
    {
        var fault = await Assert.ThrowsAsync<StoreException>(
            () => StoreBackup.WriteAsync(_temp.Path, path, CancellationToken.None));

        Assert.StartsWith(told, fault.Message, StringComparison.Ordinal);
    }
}
