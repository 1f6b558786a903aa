using Dapper;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.Storage;
using JobWatcher.Storage.Sqlite;
using JobWatcher.Tests.Reporting;
using Microsoft.Data.Sqlite;

namespace JobWatcher.Tests.Storage;

/// <summary>A folder for one test's store, which goes when the test ends.</summary>
internal sealed class TempStore : IAsyncDisposable
{
    public const string Reporter = "log";

    private readonly List<SqliteWatchStore> _stores = [];

    /// <summary>Who is owed deliveries: nobody, until a test names somebody.</summary>
    public AlertOutbox Outbox { get; init; } = new(TimeProvider.System);

    public string Folder { get; } = Directory.CreateTempSubdirectory("jobwatcher-store-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "jobwatcher.db");

    /// <summary>What the stores tell.</summary>
    public CapturedLog Log { get; } = new();

    public SqliteWatchStore New(string? path = null, params string[] reporters)
    {
        var store = new SqliteWatchStore(
            path ?? Path, reporters is [] ? [Reporter] : reporters, Outbox, Log.LoggerOf<SqliteWatchStore>());
        _stores.Add(store);
        return store;
    }

    public async Task<IWatchStore> OpenAsync(params string[] reporters)
    {
        var store = New(reporters: reporters);
        await store.OpenAsync(TestContext.Current.CancellationToken);
        return store;
    }

    /// <summary>A connection past the store, as another program would have it.</summary>
    public SqliteConnection Connect(string? path = null)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path ?? Path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>All rows of all tables as text, past the store.</summary>
    public IReadOnlyList<string> ReadRows()
    {
        using var connection = Connect();
        return [.. TablesOf(connection).SelectMany(table => connection.Query($"SELECT * FROM {table}").Select(row => $"{table}: {row}"))];
    }

    /// <summary>The names of all tables.</summary>
    public static IReadOnlyList<string> TablesOf(SqliteConnection connection) =>
    [
        .. connection.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"),
    ];

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }
}
