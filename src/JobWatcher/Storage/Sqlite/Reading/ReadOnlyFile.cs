using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace JobWatcher.Storage.Sqlite.Reading;

/// <summary>
/// A file of ours that is read while a service may use it, and is never written. A file at rest is read as immutable: so
/// nothing is made beside it, and it may lie on a read-only volume. Where a service opened it meanwhile, it is read again.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="noun">What users call it: store or backup.</param>
internal sealed class ReadOnlyFile(string path, string noun)
{
    // After that it is read as one in use, which is right for any file, but may leave companions beside it.
    private const int MostTriesAtRest = 3;

    private const int BusyTimeoutSeconds = 3;

    /// <summary>The file's full path, behind links.</summary>
    public string Path { get; } = new SqliteConnections(path).Path;

    /// <summary>Reads.</summary>
    /// <param name="read">Reads from a connection to a file that is known to be ours. It may be called again.</param>
    /// <param name="cancellationToken">Interrupts a statement that runs.</param>
    /// <exception cref="StoreException">The file is missing, foreign, damaged or not readable.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var resting = tries <= MostTriesAtRest ? RestingFile.Of(Path) : null;
            var stayed = () => resting is null || resting == RestingFile.Of(Path);
            try
            {
                await using var connection = Open(isImmutable: resting is not null);
                await using var interrupt = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
                Check(connection);
                var result = await read(connection);
                if (stayed())
                {
                    return result;
                }
            }
            catch (SqliteException) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
            catch (SqliteException exception) when (stayed())
            {
                throw Fault(exception);
            }
            catch (SqliteException)
            {
                // What was read while it changed proves nothing.
            }
        }
    }

    /// <summary>Tells that the file's content contradicts itself.</summary>
    public StoreException Damaged(Exception? exception = null) => new(
        noun == "store" ? SqliteFault.Damaged(Path) : $"The {noun} {Path} is damaged: use another one.", exception);

    private SqliteConnection Open(bool isImmutable)
    {
        if (File.Exists(PendingRestore.FileOf(Path)))
        {
            throw new StoreException(
                $"A restore of {Path} was interrupted: start the service, which finishes it, or restore again.");
        }

        if (!File.Exists(Path))
        {
            throw new StoreException(
                $"There is no {noun} {Path}: {(noun == "store" ? "start the service, which makes it, or let store.path name another file." : "name another file.")}");
        }

        return SqliteConnections.OpenUnchecked(new SqliteConnectionStringBuilder
        {
            DataSource = isImmutable ? new Uri(Path).AbsoluteUri + "?immutable=1" : Path,
            Mode = SqliteOpenMode.ReadOnly,
            DefaultTimeout = BusyTimeoutSeconds,
            Pooling = false,
        }.ToString());
    }

    private void Check(SqliteConnection connection)
    {
        if (connection.QuerySingle<long>("PRAGMA application_id") != SqliteFile.ApplicationId)
        {
            throw new StoreException($"The file {Path} is no {noun} of JobWatcher.");
        }
    }

    private StoreException Fault(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_NOTADB => new StoreException($"The file {Path} is no {noun} of JobWatcher.", exception),
        raw.SQLITE_CORRUPT => Damaged(exception),
        raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => new StoreException(
            $"The {noun} {Path} cannot be read: let this user read it and the -wal and -shm files beside it.", exception),
        _ => SqliteFault.Tell(Path, exception),
    };
}
