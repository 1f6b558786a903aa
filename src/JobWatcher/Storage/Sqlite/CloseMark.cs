using Dapper;
using Microsoft.Data.Sqlite;

namespace JobWatcher.Storage.Sqlite;

/// <summary>
/// Whether the process that used a store last closed it. It stands in the header of the file (<c>PRAGMA user_version</c>), so
/// that it is copied, restored and lost with the content that it vouches for.
/// </summary>
internal static class CloseMark
{
    private const long Closed = 1;

    /// <summary>Whether the store was closed.</summary>
    public static bool IsSet(SqliteConnection connection) =>
        connection.QuerySingle<long>("PRAGMA user_version") == Closed;

    /// <summary>The last thing that is written to a store.</summary>
    public static void Set(SqliteConnection connection) => connection.Execute($"PRAGMA user_version = {Closed}");

    /// <summary>The first.</summary>
    public static void Remove(SqliteConnection connection) => connection.Execute("PRAGMA user_version = 0");
}
