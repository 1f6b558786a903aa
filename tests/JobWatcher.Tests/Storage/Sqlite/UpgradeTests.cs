using Dapper;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;
using JobWatcher.Storage.Sqlite;

namespace JobWatcher.Tests.Storage.Sqlite;

/// <summary>What an older version has written, this one goes on with.</summary>
public sealed class UpgradeTests : IAsyncDisposable
{
    private const string FirstScript = "0001_watch_state.sql";

    private readonly TempStore _temp = new();

    [Fact]
    public async Task A_store_of_the_first_version_keeps_all_that_it_held_and_has_no_bookmark()
    {
        var store = await _temp.OpenAsync();
        await FillAsync(store);
        var before = await ReadAsync(store);
        await store.DisposeAsync();
        MakeOfTheFirstVersion();

        var after = await ReadAsync(await _temp.OpenAsync());

        var marks = before.Target with
        {
            Bookmark = null, LastFullListing = null, WindowsUnreliableSince = null, CloudAhead = null,
        };
        Assert.Equivalent(before with { Target = marks }, after, strict: true);
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    private static async Task FillAsync(IWatchStore store)
    {
        await store.CommitAsync(new PollCommit
        {
            Target = (await store.ReadTargetAsync()).Filled(),
            Jobs = [Make.Snapshot(), Make.Snapshot("gone", Make.Noon)],
            Transitions =
            [
                Make.Step("job-1", JobStatus.Pending, JobStatus.Running),
                Make.Step("gone", JobStatus.Running, JobStatus.Failed),
            ],
            Increments = new Dictionary<CounterKey, CounterValue> { [new("Restart", "Pending", "Running")] = new(1, 2.5) },
        });
        await store.MoveCursorAsync(TempStore.Reporter, Make.Target, 1, TestContext.Current.CancellationToken);
    }

    private static async Task<Content> ReadAsync(IWatchStore store)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        return new Content(
            await store.ReadTargetAsync(),
            await store.ReadJobsAsync(),
            await store.ReadGoneJobsAsync(Make.Target, ["gone"], cancellationToken),
            await store.ReadLogAsync(),
            [.. await store.ReadCountersAsync()],
            await store.ReadCursorsAsync(TempStore.Reporter, cancellationToken));
    }

    // The same rows under the schema of the first script: what later ones added is lost.
    private void MakeOfTheFirstVersion()
    {
        var old = Path.Combine(_temp.Folder, "old.db");
        using (var connection = _temp.Connect(old))
        {
            connection.Execute("ATTACH @path AS now", new { path = _temp.Path });
            connection.Execute($"PRAGMA application_id = {SqliteFile.ApplicationId}");
            connection.Execute(ReadFirstScript());
            connection.Execute(connection.QuerySingle<string>("SELECT sql FROM now.sqlite_schema WHERE name = 'SchemaVersions'"));
            connection.Execute(
                "INSERT INTO SchemaVersions SELECT * FROM now.SchemaVersions WHERE ScriptName = @FirstScript", new { FirstScript });
            foreach (var table in new[] { "targets", "jobs", "transitions", "counters", "cursors" })
            {
                var columns = string.Join(
                    ", ", connection.Query<string>("SELECT name FROM pragma_table_info(@table, 'main')", new { table }));
                Assert.NotEqual(0, connection.Execute($"INSERT INTO {table} ({columns}) SELECT {columns} FROM now.{table}"));
            }
        }

        File.Move(old, _temp.Path, overwrite: true);
    }

    private static string ReadFirstScript()
    {
        using var script = typeof(SqliteWatchStore).Assembly
            .GetManifestResourceStream($"Storage/Migrations/Sqlite/{FirstScript}")!;
        using var reader = new StreamReader(script);
        return reader.ReadToEnd();
    }

    private sealed record Content(
        TargetRecord Target,
        IReadOnlyList<JobSnapshot> Jobs,
        IReadOnlyDictionary<string, JobSnapshot> Gone,
        IReadOnlyList<CommittedTransition> Log,
        IReadOnlyList<KeyValuePair<CounterKey, CounterValue>> Counters,
        IReadOnlyList<ReportCursor> Cursors);
}
