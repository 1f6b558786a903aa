using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace JobWatcher.Storage.Sqlite;

/// <summary>Says in a sentence what SQLite's result codes mean for a user.</summary>
internal static class SqliteFault
{
    /// <summary>The fault as it is told: with the store's path and the way out, without SQL.</summary>
    public static StoreException Tell(string path, SqliteException exception) =>
        new(Sentence(path, exception), exception);

    /// <summary>Whether a fault leaves doubt of what the file holds.</summary>
    public static bool IsDoubtful(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_IOERR;

    private static string Sentence(string path, SqliteException exception) => exception.SqliteExtendedErrorCode switch
    {
        // The file that the processes share beside the store cannot be made as long as it must be.
        raw.SQLITE_IOERR_SHMSIZE => Full(path),
        raw.SQLITE_IOERR_WRITE or raw.SQLITE_IOERR_FSYNC or raw.SQLITE_IOERR_TRUNCATE =>
            $"The store {path} cannot be written: check its disk, and whether it has become read-only.",
        _ => Sentence(path, exception.SqliteErrorCode),
    };

    private static string Sentence(string path, int code) => code switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            $"The store {path} is locked by another program: end that program.",
        raw.SQLITE_FULL => Full(path),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH or raw.SQLITE_CANTOPEN =>
            $"The store {path} cannot be opened for writing: let this user write the file and its folder.",
        raw.SQLITE_NOTADB =>
            $"The file {path} is not a SQLite database: move it away, or let store.path name another file.",
        raw.SQLITE_CORRUPT => Damaged(path),
        raw.SQLITE_IOERR =>
            $"The store {path} cannot be read or written: check its disk.",
        _ =>
            $"The store {path} does not work (SQLite error {code}): restore it from a backup if this stays.",
    };

    private static string Full(string path) =>
        $"The store {path} cannot grow because its disk is full: free space there.";

    /// <summary>Tells that the file's content contradicts itself.</summary>
    public static string Damaged(string path) =>
        $"The store {path} is damaged: restore it from a backup, or move it away to start anew.";
}
