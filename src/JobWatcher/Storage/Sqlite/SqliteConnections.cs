using Dapper;
using Microsoft.Data.Sqlite;

namespace JobWatcher.Storage.Sqlite;

/// <summary>Opens connections to one database file, pooled, and vouches for the settings on which durability rests.</summary>
internal sealed class SqliteConnections
{
    private const long SynchronousFull = 2;
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Names the file, which need not exist yet.</summary>
    public SqliteConnections(string path)
    {
        // Through a link the file's lock would have another name (rule C4).
        var full = System.IO.Path.GetFullPath(path);
        Path = File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            // Not ReadWriteCreate: a file that vanished must not be replaced by an empty one.
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            // The driver waits this long for a lock, and blocks a thread meanwhile.
            DefaultTimeout = (int)BusyTimeout.TotalSeconds,
        }.ToString();
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>What all connections are opened with.</summary>
    public string ConnectionString { get; }

    /// <summary>Opens a connection to a store that was opened before.</summary>
    /// <exception cref="StoreException">The file is gone, or a setting does not hold.</exception>
    public SqliteConnection Open()
    {
        // A pooled connection goes on writing to a file that was deleted, where nobody finds it again.
        if (!File.Exists(Path))
        {
            throw new StoreException($"The store {Path} was removed while in use: put it back and start again.");
        }

        var connection = OpenUnchecked();
        try
        {
            Verify(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection as it comes, to a file that may be anything.</summary>
    public SqliteConnection OpenUnchecked() => OpenUnchecked(ConnectionString);

    /// <summary>Opens a connection as it comes.</summary>
    public static SqliteConnection OpenUnchecked(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Closes the pool's connections, and those in use as soon as they come back.</summary>
    public void Clear()
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    private void Verify(SqliteConnection connection)
    {
        var settings = connection.QuerySingle<Settings>(
            """
            PRAGMA synchronous = FULL;
            SELECT j.journal_mode AS JournalMode, s.synchronous AS Synchronous, f.foreign_keys AS ForeignKeys
            FROM pragma_journal_mode AS j, pragma_synchronous AS s, pragma_foreign_keys AS f
            """);
        if (settings is not { JournalMode: "wal", Synchronous: SynchronousFull, ForeignKeys: true })
        {
            throw new StoreException(
                $"The store {Path} does not take the settings that keep it safe ({settings}): "
                + "put it on a local disk, for network file systems lack what SQLite's WAL mode needs.");
        }
    }

    private sealed record Settings
    {
        public string? JournalMode { get; init; }

        public long Synchronous { get; init; }

        public bool ForeignKeys { get; init; }

        public override string ToString() =>
            $"journal_mode {JournalMode}, synchronous {Synchronous}, foreign_keys {ForeignKeys}";
    }
}
