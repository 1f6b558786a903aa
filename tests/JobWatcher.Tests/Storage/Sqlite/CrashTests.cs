using Dapper;
using JobWatcher.Alerts;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Tests.Storage.Sqlite;

public sealed class CrashTests : IAsyncDisposable
{
    private const string Hook = "hook";

    private static readonly CounterKey Key = new("RestartGaussDBforMySQLInstance", "None", "Failed");

    private readonly TempStore _temp = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_within_a_transaction_the_store_is_as_before_it()
    {
        var store = await _temp.OpenAsync();
        var committed = await store.CommitAsync(new PollCommit
        {
            Target = await store.ReadTargetAsync(),
            Jobs = [Make.Snapshot()],
            Transitions = [Make.Step("job-1", Transition.NotListed, JobStatus.Running)],
        });
        var copy = Path.Combine(_temp.Folder, "copy.db");
        using (var writer = _temp.Connect())
        {
            // A cache of one page makes SQLite write out what is not committed.
            writer.Execute("PRAGMA cache_size = 1");
            using var transaction = writer.BeginTransaction();
            var journal = new FileInfo(_temp.Path + "-wal").Length;
            writer.Execute("UPDATE targets SET version = version + 1", transaction: transaction);
            writer.Execute(
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
                INSERT INTO jobs (target, job_id, job_name, status, missed, vanished)
                SELECT 'prod', 'torn-' || i, 'name', 'Running', 0, 0 FROM n
                """,
                transaction: transaction);
            Assert.True(new FileInfo(_temp.Path + "-wal").Length > journal);

            File.Copy(_temp.Path, copy);
            File.Copy(_temp.Path + "-wal", copy + "-wal");
        }

        var restarted = _temp.New(copy);
        await restarted.OpenAsync(Token);

        Assert.Equal(committed.Target, await restarted.ReadTargetAsync());
        Assert.Equal([Make.Snapshot()], await restarted.ReadJobsAsync());
        Assert.Equivalent(committed.Transitions, await restarted.ReadLogAsync(), strict: true);
        using var connection = _temp.Connect(copy);
        Assert.Equal("ok", connection.QuerySingle<string>("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Killed_at_any_point_of_its_writes_the_store_holds_whole_commits_only()
    {
        _temp.Outbox.Webhooks = [Hook];
        var store = await _temp.OpenAsync();
        var target = await store.ReadTargetAsync();
        for (var poll = 1; poll <= 5; poll++)
        {
            var result = await store.CommitAsync(new PollCommit
            {
                Target = target,
                Jobs = [Make.Snapshot($"job-{poll}")],
                Transitions = [Make.Step($"job-{poll}", Transition.NotListed, JobStatus.Failed)],
                Increments = new Dictionary<CounterKey, CounterValue> { [Key] = new(1, 1) },
                Alerts = _ => new AlertChanges([Make.FailedAlert($"job-{poll}")], []),
            });
            target = result.Target!;
        }

        var journal = await File.ReadAllBytesAsync(_temp.Path + "-wal");
        var copy = Path.Combine(_temp.Folder, "copy.db");
        File.Copy(_temp.Path, copy);
        var seen = new SortedSet<long>();
        // Not from 0: the journal's first frames hold the schema.
        for (var length = journal.Length; length > 32; length -= 1_500)
        {
            foreach (var leftover in Directory.GetFiles(_temp.Folder, "copy.db*"))
            {
                File.Delete(leftover);
            }

            File.Copy(_temp.Path, copy);
            await File.WriteAllBytesAsync(copy + "-wal", journal[..length]);
            await using var restarted = _temp.New(copy);
            await restarted.OpenAsync(Token);

            var version = (await restarted.ReadTargetAsync()).Version;

            seen.Add(version);
            Assert.Equal(version, (await restarted.ReadJobsAsync()).Count);
            Assert.Equal(version, (await restarted.ReadLogAsync()).Count);
            Assert.Equal(version, (await restarted.ReadCountersAsync()).Values.Sum(value => value.Count));
            Assert.Equal(version, (await restarted.ReadAlertsAsync(Make.Noon, Token)).Count);
            Assert.Equal(version, (await restarted.ReadBacklogAsync(Hook, Token)).Count);
        }

        Assert.Equal([0, 1, 2, 3, 4, 5], seen);
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
