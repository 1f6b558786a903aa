using System.Runtime.CompilerServices;
using JobWatcher.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace JobWatcher.Storage.Sqlite.Reading;

/// <summary>
/// The transitions of a store, for people. Each page is a transaction of its own, so that a reader who takes his time does not
/// keep a running service from emptying its write-ahead log.
/// </summary>
/// <param name="storePath">The store's file.</param>
internal sealed class TransitionHistory(string storePath)
{
    private const int PageSize = 500;

    private readonly ReadOnlyFile _file = new(storePath, "store");

    /// <summary>Reads the names of all targets that were ever watched.</summary>
    /// <exception cref="StoreException">The store is missing, of another version, foreign, damaged or not readable.</exception>
    public Task<IReadOnlyList<string>> ReadTargetsAsync(CancellationToken cancellationToken) => ReadAsync(
        session => session.QueryAsync<string>("SELECT name FROM targets ORDER BY name", new { }), cancellationToken);

    /// <summary>Reads all transitions that a filter selects in pages, newest first; none of the pages is empty.</summary>
    /// <exception cref="StoreException">The store is missing, of another version, foreign, damaged or not readable.</exception>
    public async IAsyncEnumerable<IReadOnlyList<CommittedTransition>> ReadAsync(
        TransitionFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CommittedTransition? last = null;
        while (true)
        {
            var page = await ReadAsync(
                session => TransitionPage.ReadAsync(session, filter, last, PageSize), cancellationToken);
            if (page.Count > 0)
            {
                yield return page;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            last = page[^1];
        }
    }

    private Task<T> ReadAsync<T>(Func<StoreSession, Task<T>> read, CancellationToken cancellationToken) =>
        _file.ReadAsync(
            async connection =>
            {
                CheckAge(connection);
                await using var transaction = connection.BeginTransaction(deferred: true);
                return await read(new StoreSession(transaction, cancellationToken));
            },
            cancellationToken);

    private void CheckAge(SqliteConnection connection)
    {
        switch (SqliteMigrations.AgeOf(connection))
        {
            case SchemaAge.Older:
                throw new StoreException(
                    $"The store {_file.Path} was written by an older version of JobWatcher: "
                    + "start the service of this version, which brings it up to date.");
            case SchemaAge.Newer:
                throw new StoreException(
                    $"The store {_file.Path} was written by a newer version of JobWatcher: use that version.");
        }
    }
}
