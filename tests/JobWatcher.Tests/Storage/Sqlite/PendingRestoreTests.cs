using JobWatcher.Storage.Sqlite;
using JobWatcher.Storage.Sqlite.Backups;

namespace JobWatcher.Tests.Storage.Sqlite;

/// <summary>A process that dies at any point of a restore leaves the old store or the restored one, never parts of both.</summary>
public sealed class PendingRestoreTests : IAsyncDisposable
{
    private static readonly DateTime Restored = Make.Noon.UtcDateTime;

    private readonly TempStore _temp = new();
    private readonly string _old;
    private readonly string _backup;

    public PendingRestoreTests()
    {
        _old = Path.Combine(_temp.Folder, "old.db");
        _backup = Path.Combine(_temp.Folder, "backup");
    }

    private string Store => Path.Combine(_temp.Folder, "store.db");

    private string Kept => PendingRestore.KeptFileOf(Store, Restored);

    [Fact]
    public async Task Before_the_copy_is_declared_whole_the_old_store_is_in_force()
    {
        await KilledAsync();
        File.Copy(_backup, Store + ".restoring");

        Assert.Equal(["early", "late"], await JobsAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task From_then_on_the_restored_store_is_in_force_and_the_old_one_is_kept_whole(int partsMoved)
    {
        await KilledAsync();
        File.Copy(_backup, Store + ".restoring");
        PendingRestore.Begin(Store, Store + ".restoring", Restored);
        foreach (var part in new[] { "", "-wal" }.Take(partsMoved))
        {
            File.Move(Store + part, Kept + part);
        }

        Assert.Equal(["early"], await JobsAsync());
        Assert.Equal(["early", "late"], await JobsAsync(Kept));
        Assert.False(File.Exists(PendingRestore.FileOf(Store)));
    }

    [Fact]
    public async Task A_store_behind_a_link_is_finished_where_it_lies()
    {
        await KilledAsync();
        var link = Path.Combine(_temp.Folder, "link.db");
        File.CreateSymbolicLink(link, Store);
        File.Copy(_backup, Store + ".restoring");
        PendingRestore.Begin(Store, Store + ".restoring", Restored);
        File.Move(Store, Kept);

        Assert.Equal(["early"], await JobsAsync(link));
    }

    [Fact]
    public async Task The_next_restore_finishes_it_first()
    {
        await KilledAsync();
        File.Copy(_backup, Store + ".restoring");
        PendingRestore.Begin(Store, Store + ".restoring", Restored);

        await new StoreRestore(Store, TimeProvider.System).FromAsync(_old, CancellationToken.None);

        Assert.Equal(["early", "late"], await JobsAsync());
        Assert.Equal(["early", "late"], await JobsAsync(Kept));
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    // A store of which the last commit is in the log alone, and a backup from before that commit.
    private async Task KilledAsync()
    {
        var store = _temp.New(_old);
        await store.OpenAsync(CancellationToken.None);
        await store.AppearAsync("prod", Make.Noon, "early");
        await StoreBackup.WriteAsync(_old, _backup, CancellationToken.None);
        await store.AppearAsync("prod", Make.Noon, "late");
        File.Copy(_old, Store);
        File.Copy(_old + "-wal", Store + "-wal");
        await store.DisposeAsync();
    }

    private async Task<IReadOnlyList<string>> JobsAsync(string? path = null)
    {
        await using var store = _temp.New(path ?? Store);
        await store.OpenAsync(CancellationToken.None);
        return [.. (await store.ReadLogAsync()).Select(committed => committed.Transition.Job.JobId)];
    }
}
