using System.Data.Common;
using Dapper;

namespace JobWatcher.Storage.Rows;

/// <summary>One open transaction, in which the row classes run their statements. Whoever opened it ends it.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="CancellationToken">Stops a statement before it starts.</param>
internal sealed record StoreSession(DbTransaction Transaction, CancellationToken CancellationToken)
{
    private DbConnection Connection =>
        Transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");

    /// <summary>Runs a statement, once for each element where <paramref name="parameters"/> is a list.</summary>
    /// <returns>How many rows it touched.</returns>
    public Task<int> ExecuteAsync(string sql, object parameters) => Connection.ExecuteAsync(Command(sql, parameters));

    /// <summary>Reads rows.</summary>
    public async Task<IReadOnlyList<TRow>> QueryAsync<TRow>(string sql, object? parameters = null) =>
        [.. await Connection.QueryAsync<TRow>(Command(sql, parameters))];

    /// <summary>Reads rows whose columns make two objects, the second of which starts at <paramref name="splitOn"/>.</summary>
    public async Task<IReadOnlyList<TResult>> QueryAsync<TFirst, TSecond, TResult>(
        string sql, object parameters, Func<TFirst, TSecond, TResult> map, string splitOn) =>
        [.. await Connection.QueryAsync(Command(sql, parameters), map, splitOn)];

    /// <summary>Reads one row, or the default where there is none.</summary>
    public Task<TRow?> QuerySingleOrDefaultAsync<TRow>(string sql, object? parameters = null) =>
        Connection.QuerySingleOrDefaultAsync<TRow>(Command(sql, parameters));

    private CommandDefinition Command(string sql, object? parameters) =>
        new(sql, parameters, Transaction, cancellationToken: CancellationToken);
}
