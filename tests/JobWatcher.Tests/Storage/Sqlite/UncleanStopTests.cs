using Dapper;
using JobWatcher.Storage;
using JobWatcher.Storage.Sqlite;
using Serilog.Events;

namespace JobWatcher.Tests.Storage.Sqlite;

/// <summary>A store whose last process did not close it is checked as a whole before it is used.</summary>
public sealed class UncleanStopTests : IAsyncDisposable
{
    private const string Told = "StoreNotClosed";

    private readonly TempStore _temp = new();

    [Fact]
    public async Task A_store_that_was_closed_is_not_checked_as_a_whole()
    {
        await CloseAsync();
        TearIndex();

        await _temp.OpenAsync();

        Assert.DoesNotContain(Told, _temp.Log.Names);
    }

    [Fact]
    public async Task A_store_that_was_not_closed_is_refused_for_what_only_a_check_of_the_whole_finds()
    {
        await CloseAsync();
        TearIndex();
        RemoveMark();

        var fault = await Assert.ThrowsAsync<StoreException>(() => _temp.OpenAsync());

        Assert.Equal(
            $"The store {_temp.Path} is damaged: restore it from a backup, or move it away to start anew.", fault.Message);
        var told = _temp.Log.Single(Told);
        Assert.Equal(LogEventLevel.Warning, told.Level);
        Assert.Equal(_temp.Path, told.Properties["Path"].ToString("l", formatProvider: null));
    }

    [Fact]
    public async Task A_refused_store_stays_refused()
    {
        await CloseAsync();
        TearIndex();
        RemoveMark();
        await Assert.ThrowsAsync<StoreException>(() => _temp.OpenAsync());

        await Assert.ThrowsAsync<StoreException>(() => _temp.OpenAsync());
    }

    [Fact]
    public async Task A_store_that_was_killed_while_in_use_is_checked_and_opened()
    {
        await CloseAsync();
        var store = await _temp.OpenAsync();
        var target = await store.ReadTargetAsync();
        var copy = Path.Combine(_temp.Folder, "copy.db");
        File.Copy(_temp.Path, copy);
        File.Copy(_temp.Path + "-wal", copy + "-wal");

        var next = _temp.New(copy);
        await next.OpenAsync(TestContext.Current.CancellationToken);

        Assert.Equal(target, await next.ReadTargetAsync());
        Assert.Single(_temp.Log.Names, Told);
    }

    [Fact]
    public async Task A_new_store_is_not_told_of()
    {
        await CloseAsync();

        Assert.Empty(_temp.Log.Names);
    }

    [Fact]
    public async Task A_store_in_which_a_transaction_met_damage_is_not_marked_as_closed()
    {
        await CloseAsync();
        var store = await _temp.OpenAsync();
        using (var connection = _temp.Connect())
        {
            connection.Execute("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 0 WHERE name = 'counters'");
        }

        new SqliteConnections(_temp.Path).Clear();
        await Assert.ThrowsAsync<StoreException>(() => store.ReadCountersAsync());
        await store.DisposeAsync();

        Assert.False(IsMarked());
    }

    [Fact]
    public async Task A_store_whose_file_cannot_be_marked_closes_all_the_same()
    {
        var store = await _temp.OpenAsync();
        File.Move(_temp.Path, _temp.Path + ".away");

        await store.DisposeAsync();

        using var free = StoreLock.Take(_temp.Path);
    }

    [Fact]
    public async Task The_check_can_be_given_up()
    {
        await CloseAsync();
        RemoveMark();
        using var stopping = new CancellationTokenSource();
        _temp.Log.Taken = stopping.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _temp.New().OpenAsync(stopping.Token));

        await _temp.OpenAsync();
        Assert.Equal(2, _temp.Log.Names.Count);
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    private async Task CloseAsync()
    {
        await using var store = await _temp.OpenAsync();
        await store.CommitAsync(new PollCommit
        {
            Target = await store.ReadTargetAsync(),
            Jobs = [.. Enumerable.Range(0, 1_000).Select(number => Make.Snapshot($"job-{number}"))],
            Transitions = [.. Enumerable.Range(0, 1_000).Select(number =>
                Make.Step($"job-{number}", HuaweiCloud.ImmediateJobs.JobStatus.Pending, HuaweiCloud.ImmediateJobs.JobStatus.Running))],
        });
    }

    /// <summary>Lets an index say what its table does not, which costs identities and history, and only a whole check finds.</summary>
    private void TearIndex()
    {
        using var connection = _temp.Connect();
        connection.Execute(
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql, 'job_id', 'job_name') WHERE name = 'transitions_by_job';
            """);
    }

    private void RemoveMark()
    {
        using var connection = _temp.Connect();
        connection.Execute("PRAGMA user_version = 0");
    }

    private bool IsMarked()
    {
        using var connection = _temp.Connect();
        return connection.QuerySingle<long>("PRAGMA user_version") == 1;
    }
}
