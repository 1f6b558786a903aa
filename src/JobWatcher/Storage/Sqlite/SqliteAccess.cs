using JobWatcher.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace JobWatcher.Storage.Sqlite;

/// <summary>
/// Runs transactions: one writer and a few readers at a time, off the caller's thread, because SQLite's asynchronous
/// methods block. A transaction once begun ends by commit or rollback, whatever becomes of the caller's token.
/// </summary>
internal sealed class SqliteAccess(SqliteConnections connections) : IAsyncDisposable
{
    private const int MaxReaders = 4;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _readers = new(MaxReaders, MaxReaders);
    private readonly SemaphoreSlim _writer = new(1, 1);
    private volatile bool _closed;
    private volatile bool _isDoubted;

    /// <summary>
    /// False once a transaction failed in a way that leaves doubt of the file, or did not end before all was closed.
    /// </summary>
    public bool IsTrusted => !_isDoubted;

    /// <summary>Reads one consistent state.</summary>
    public Task<T> ReadAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(_readers, deferred: true, work, cancellationToken);

    /// <summary>Writes all or nothing.</summary>
    public Task<T> WriteAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(_writer, deferred: false, work, cancellationToken);

    /// <summary>Writes all or nothing.</summary>
    public Task WriteAsync(Func<StoreSession, Task> work, CancellationToken cancellationToken) => WriteAsync(
        async session =>
        {
            await work(session);
            return true;
        },
        cancellationToken);

    /// <summary>Waits for the transactions that run, refuses later ones and closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        // A transaction that hangs must not hold the process: its connection closes when it comes back.
        var isWriterIdle = await _writer.WaitAsync(LongestWait, CancellationToken.None);
        var idleReaders = 0;
        while (idleReaders < MaxReaders && await _readers.WaitAsync(LongestWait, CancellationToken.None))
        {
            idleReaders++;
        }

        connections.Clear();
        _isDoubted |= !isWriterIdle;
        // Given back, not disposed of: whoever waits for a turn must wake up to hear that it is over.
        _ = isWriterIdle ? _writer.Release() : 0;
        _ = idleReaders > 0 ? _readers.Release(idleReaders) : 0;
    }

    private async Task<T> RunAsync<T>(
        SemaphoreSlim turn, bool deferred, Func<StoreSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return await Task.Run(() => TransactAsync(deferred, work), cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<T> TransactAsync<T>(bool deferred, Func<StoreSession, Task<T>> work)
    {
        try
        {
            await using var connection = connections.Open();
            await using var transaction = connection.BeginTransaction(deferred);
            var result = await work(new StoreSession(transaction, CancellationToken.None));
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        catch (SqliteException exception)
        {
            _isDoubted |= SqliteFault.IsDoubtful(exception);
            // A connection that failed is not trusted again.
            connections.Clear();
            throw SqliteFault.Tell(connections.Path, exception);
        }
    }
}
