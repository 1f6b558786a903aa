using Dapper;
using Microsoft.Data.Sqlite;

namespace JobWatcher.Storage.Sqlite;

/// <summary>The database file as the file system and SQLite see it, before its schema matters.</summary>
internal static class SqliteFile
{
    /// <summary>What <c>PRAGMA application_id</c> says of our files: "JobW" in ASCII.</summary>
    public const int ApplicationId = 0x4A6F6257;

    /// <summary>Makes the folder where it is missing.</summary>
    /// <exception cref="StoreException">The path is a folder.</exception>
    public static void Prepare(string path)
    {
        if (Directory.Exists(path))
        {
            throw new StoreException($"The store {path} is a folder: let store.path name a file in it.");
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }
    }

    /// <summary>
    /// Makes the file where it is missing, and tries that it can be written: SQLite would fall back to reading only.
    /// </summary>
    public static void Touch(string path)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    /// <summary>
    /// Tells whether this is a sound file of ours, claims an empty one, and switches it to WAL.
    /// </summary>
    /// <param name="connection">The file.</param>
    /// <param name="path">Its path.</param>
    /// <param name="notClosed">Called before the whole file is checked, because it bears no such mark.</param>
    /// <param name="cancellationToken">Gives the check up.</param>
    /// <exception cref="StoreException">It is foreign or damaged.</exception>
    public static void Claim(
        SqliteConnection connection, string path, Action notClosed, CancellationToken cancellationToken)
    {
        var empty = connection.QuerySingle<long>("SELECT COUNT(*) FROM sqlite_schema") == 0;
        var owner = connection.QuerySingle<long>("PRAGMA application_id");
        if (owner != ApplicationId && (owner != 0 || !empty))
        {
            throw new StoreException(
                $"The file {path} is another program's database: let store.path name another file.");
        }

        var isDoubted = !empty && !CloseMark.IsSet(connection);
        if (isDoubted)
        {
            notClosed();
        }

        if (!IntegrityCheck.Passes(connection, isDoubted, cancellationToken))
        {
            throw new StoreException(SqliteFault.Damaged(path));
        }

        if (empty)
        {
            connection.Execute($"PRAGMA application_id = {ApplicationId}");
        }

        connection.Execute("PRAGMA journal_mode = WAL");
    }
}
