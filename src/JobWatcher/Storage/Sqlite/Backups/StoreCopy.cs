using Dapper;
using JobWatcher.Storage.Sqlite.Reading;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace JobWatcher.Storage.Sqlite.Backups;

/// <summary>What a copy holds.</summary>
/// <param name="Targets">Targets.</param>
/// <param name="Transitions">Transitions of all targets.</param>
/// <param name="Bytes">The file's size.</param>
internal sealed record CopyFacts(long Targets, long Transitions, long Bytes);

/// <summary>
/// Copies a store into one file that stands alone. The copy is what one read transaction sees: commits go on meanwhile, do not
/// wait, and do not make the copy start over, as they do with SQLite's backup API where another connection writes.
/// </summary>
internal static class StoreCopy
{
    /// <summary>Copies a file, then checks the copy and has the disk keep it.</summary>
    /// <param name="source">What to copy.</param>
    /// <param name="check">What the source must pass before it is copied.</param>
    /// <param name="path">The copy, which must not exist. Only its owner may read it. It is gone when this fails.</param>
    /// <param name="name">The file that users know and that the copy is for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The source cannot be read, or the copy not be written.</exception>
    public static async Task<CopyFacts> MakeAsync(
        ReadOnlyFile source,
        Action<SqliteConnection> check,
        string path,
        string name,
        CancellationToken cancellationToken)
    {
        try
        {
            await source.ReadAsync(
                connection =>
                {
                    check(connection);
                    // SQLite would make it readable by others; it takes an empty one as it is.
                    Create(path).Dispose();
                    return CopyAsync(connection, source.Path, path, name);
                },
                cancellationToken);
            var facts = await new ReadOnlyFile(path, "copy").ReadAsync(CheckAsync, cancellationToken);
            Flush(path);
            return facts with { Bytes = new FileInfo(path).Length };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Discard(path);
            throw new StoreException(
                $"The file {name} cannot be written ({Reason(exception)}): name a file in a folder that this user may write.",
                exception);
        }
        catch
        {
            Discard(path);
            throw;
        }
    }

    private static async Task<bool> CopyAsync(SqliteConnection connection, string source, string path, string name)
    {
        try
        {
            await connection.ExecuteAsync(
                new CommandDefinition("VACUUM INTO @path", new { path }, commandTimeout: 0));
            return true;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_FULL)
        {
            throw new StoreException(
                $"The file {name} cannot grow because its disk is full: free space there, or name a file elsewhere.",
                exception);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_IOERR)
        {
            throw new StoreException(
                $"{source} cannot be copied to {name}: check both disks, and the space on the second.", exception);
        }
    }

    private static async Task<CopyFacts> CheckAsync(SqliteConnection copy)
    {
        if (await copy.QuerySingleAsync<string>("PRAGMA quick_check(1)") != "ok")
        {
            throw new StoreException($"The copy {copy.DataSource} came out damaged: check its disk.");
        }

        return await copy.QuerySingleAsync<CopyFacts>(
            """
            SELECT (SELECT COUNT(*) FROM targets) AS Targets, (SELECT COUNT(*) FROM transitions) AS Transitions,
              CAST(0 AS INTEGER) AS Bytes
            """);
    }

    /// <summary>Makes an empty file that its owner alone may read, in place of one that was left behind.</summary>
    public static FileStream Create(string path)
    {
        Discard(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    // What .NET says names the copy, which users do not know.
    private static string Reason(Exception exception) => exception switch
    {
        DirectoryNotFoundException => "its folder does not exist",
        UnauthorizedAccessException => "no permission",
        _ => exception.Message.TrimEnd('.'),
    };

    // In a folder that does not exist there is nothing to delete, which .NET takes for a fault.
    private static void Discard(string path)
    {
        foreach (var file in new[] { path, path + "-journal" }.Where(File.Exists))
        {
            File.Delete(file);
        }
    }

    private static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }
}
