using Dapper;
using JobWatcher.Storage;
using JobWatcher.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace JobWatcher.Tests.Storage.Sqlite;

public sealed class FaultTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();

    [Fact]
    public async Task A_full_disk_is_told_and_leaves_nothing_half_written()
    {
        var store = await _temp.OpenAsync();
        var target = await store.ReadTargetAsync();
        var commit = new PollCommit
        {
            Target = target,
            Jobs = [.. Enumerable.Range(0, 1_000).Select(number => Make.Snapshot($"job-{number}"))],
        };
        // The pool hands this connection to the store next, with its limit of pages.
        using (var pooled = new SqliteConnections(_temp.Path).OpenUnchecked())
        {
            pooled.Execute("PRAGMA max_page_count = 30");
        }

        var fault = await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(commit));

        Assert.Equal(
            $"The store {_temp.Path} cannot grow because its disk is full: free space there.", fault.Message);
        Assert.Equal(target, await store.ReadTargetAsync());
        Assert.Empty(await store.ReadJobsAsync());
        Assert.NotNull((await store.CommitAsync(commit)).Target);
        Assert.Equal(1_000, (await store.ReadJobsAsync()).Count);
    }

    [Fact]
    public async Task A_lock_held_by_another_program_is_told_and_passes()
    {
        var store = await _temp.OpenAsync();
        var commit = new PollCommit { Target = await store.ReadTargetAsync() };
        using (var other = _temp.Connect())
        {
            using var transaction = other.BeginTransaction();

            var fault = await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(commit));

            Assert.Equal(
                $"The store {_temp.Path} is locked by another program: end that program.", fault.Message);
            await store.CheckAsync(CancellationToken.None);
        }

        Assert.NotNull((await store.CommitAsync(commit)).Target);
    }

    [Fact]
    public async Task A_store_that_was_removed_is_missed_and_not_made_anew()
    {
        var store = await _temp.OpenAsync();
        var target = await store.ReadTargetAsync();
        File.Move(_temp.Path, _temp.Path + ".away");

        await Assert.ThrowsAsync<StoreException>(() => store.CheckAsync(CancellationToken.None));
        await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(new PollCommit { Target = target }));

        Assert.False(File.Exists(_temp.Path));
        File.Move(_temp.Path + ".away", _temp.Path);
        await store.CheckAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData(raw.SQLITE_IOERR_SHMSIZE, "cannot grow because its disk is full: free space there.")]
    [InlineData(raw.SQLITE_IOERR_WRITE, "cannot be written: check its disk, and whether it has become read-only.")]
    [InlineData(raw.SQLITE_IOERR_FSYNC, "cannot be written: check its disk, and whether it has become read-only.")]
    [InlineData(raw.SQLITE_IOERR_READ, "cannot be read or written: check its disk.")]
    public void A_fault_of_the_disk_is_told_by_what_it_kept_from_being_done(int code, string told)
    {
        var fault = SqliteFault.Tell("store.db", new SqliteException("disk I/O error", raw.SQLITE_IOERR, code));

        Assert.Equal($"The store store.db {told}", fault.Message);
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
