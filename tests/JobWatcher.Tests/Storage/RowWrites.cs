using Dapper;
using Microsoft.Data.Sqlite;

namespace JobWatcher.Tests.Storage;

/// <summary>Notes each row that is written to a store from now on, as <c>UPDATE ON targets</c>.</summary>
internal sealed class RowWrites : IDisposable
{
    private readonly SqliteConnection _connection;

    public RowWrites(TempStore store)
    {
        _connection = store.Connect();
        var tables = TempStore.TablesOf(_connection);
        _connection.Execute("CREATE TABLE row_writes (name TEXT NOT NULL)");
        foreach (var table in tables)
        {
            foreach (var verb in (string[])["INSERT", "UPDATE", "DELETE"])
            {
                _connection.Execute(
                    $"CREATE TRIGGER log_{table}_{verb} AFTER {verb} ON {table} "
                    + $"BEGIN INSERT INTO row_writes VALUES ('{verb} ON {table}'); END");
            }
        }
    }

    /// <summary>What was written, in order.</summary>
    public IReadOnlyList<string> Read() => [.. _connection.Query<string>("SELECT name FROM row_writes ORDER BY rowid")];

    public void Dispose() => _connection.Dispose();
}
