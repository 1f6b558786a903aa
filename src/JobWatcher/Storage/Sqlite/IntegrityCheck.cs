using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace JobWatcher.Storage.Sqlite;

/// <summary>Reads a store through for what contradicts itself.</summary>
internal static class IntegrityCheck
{
    // How many of its own instructions SQLite runs before it asks whether to go on: some milliseconds.
    private const int AskEvery = 10_000;

    /// <summary>Checks a store.</summary>
    /// <param name="connection">The store.</param>
    /// <param name="isWhole">
    /// Whether indexes must match their tables too: the rows of each are then looked up in the others, which takes minutes where
    /// the store is large.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the store is sound.</returns>
    public static bool Passes(SqliteConnection connection, bool isWhole, CancellationToken cancellationToken)
    {
        raw.sqlite3_progress_handler(
            connection.Handle, AskEvery, _ => cancellationToken.IsCancellationRequested ? 1 : 0, v: null);
        try
        {
            return connection.QuerySingle<string>(isWhole ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)") == "ok";
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException("The check of the store was given up.", exception, cancellationToken);
        }
        finally
        {
            raw.sqlite3_progress_handler(connection.Handle, 0, func: null, v: null);
        }
    }
}
