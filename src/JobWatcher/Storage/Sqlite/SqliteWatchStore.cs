using JobWatcher.Alerts;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.Snapshots;
using JobWatcher.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace JobWatcher.Storage.Sqlite;

/// <summary>
/// The durable state in one SQLite file, for one process. A time is kept to the millisecond. After a
/// <see cref="StoreException"/> from a write its target must be read again: where the disk failed during the commit
/// itself, only a later read tells how it ended.
/// </summary>
internal sealed partial class SqliteWatchStore : IWatchStore, IPostStore
{
    private readonly SqliteConnections _connections;
    private readonly IReadOnlyList<string> _reporters;
    private readonly ILogger<SqliteWatchStore> _logger;
    private readonly AlertOutbox _outbox;
    private SqliteAccess? _access;
    private StoreLock? _lock;

    /// <summary>Names a store, which <see cref="OpenAsync"/> opens.</summary>
    /// <param name="path">The file, made where it is missing. Beside it SQLite and the lock keep files of their own.</param>
    /// <param name="reporters">Who reports transitions, and therefore has a cursor in each target's log.</param>
    /// <param name="outbox">Who is owed a delivery of each change of an alert.</param>
    /// <param name="logger">Where it tells why opening takes long.</param>
    public SqliteWatchStore(
        string path, IReadOnlyList<string> reporters, AlertOutbox outbox, ILogger<SqliteWatchStore> logger)
    {
        _connections = new SqliteConnections(path);
        _reporters = reporters;
        _outbox = outbox;
        _logger = logger;
    }

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => Task.Run(() => Open(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<TargetRecord> ReadTargetAsync(
        string name, string projectId, string region, CancellationToken cancellationToken) =>
        await Access.ReadAsync(
            session => PollTransaction.ReadAsync(session, name, projectId, region, _reporters), cancellationToken)
        ?? await Access.WriteAsync(
            session => PollTransaction.TakeUpAsync(session, name, projectId, region, _reporters), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobSnapshot>> ReadJobsAsync(string target, CancellationToken cancellationToken) =>
        Access.ReadAsync(session => JobRows.ReadListedAsync(session, target), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, JobSnapshot>> ReadGoneJobsAsync(
        string target, IReadOnlyCollection<string> jobIds, CancellationToken cancellationToken) =>
        Access.ReadAsync(session => JobRows.ReadGoneAsync(session, target, jobIds), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<CounterKey, CounterValue>> ReadCountersAsync(
        string target, CancellationToken cancellationToken) =>
        Access.ReadAsync(session => CounterRows.ReadAsync(session, target), cancellationToken);

    /// <inheritdoc/>
    public Task<CommitResult> CommitAsync(PollCommit commit, CancellationToken cancellationToken) =>
        Access.WriteAsync(session => PollTransaction.CommitAsync(session, commit, _outbox), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CommittedTransition>> ReadTransitionsAsync(
        string target, long afterSequence, int limit, CancellationToken cancellationToken) =>
        Access.ReadAsync(session => TransitionLog.ReadAsync(session, target, afterSequence, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReportCursor>> ReadCursorsAsync(string reporter, CancellationToken cancellationToken) =>
        Access.ReadAsync(session => CursorRows.ReadAsync(session, reporter), cancellationToken);

    /// <inheritdoc/>
    public Task MoveCursorAsync(string reporter, string target, long sequence, CancellationToken cancellationToken) =>
        Access.WriteAsync(session => CursorRows.MoveAsync(session, reporter, target, sequence), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ReadTargetNamesAsync(CancellationToken cancellationToken) =>
        Access.ReadAsync(TargetRows.ReadKeptNamesAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<int> ForgetJobsAsync(
        string target, DateTimeOffset goneBefore, int limit, CancellationToken cancellationToken) =>
        Access.WriteAsync(session => JobRows.ForgetAsync(session, target, goneBefore, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<long?> PruneLogAsync(
        string target, DateTimeOffset observedBefore, long afterSequence, int length, CancellationToken cancellationToken) =>
        Access.WriteAsync(
            session => LogPruning.PruneAsync(session, target, observedBefore, afterSequence, length), cancellationToken);

    /// <inheritdoc/>
    public Task BeginRetirementAsync(
        string target, DateTimeOffset answeredBefore, CancellationToken cancellationToken) =>
        Access.WriteAsync(session => TargetRetirement.BeginAsync(session, target, answeredBefore), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> EndRetirementAsync(
        string target, DateTimeOffset answeredBefore, CancellationToken cancellationToken) =>
        Access.WriteAsync(session => TargetRetirement.EndAsync(session, target, answeredBefore), cancellationToken);

    /// <inheritdoc/>
    public Task<AlertChanges?> CommitAlertsAsync(
        string target,
        long? version,
        Func<IReadOnlyList<Alert>, AlertChanges> decide,
        CancellationToken cancellationToken) =>
        Access.WriteAsync(
            session => PollTransaction.CommitAlertsAsync(session, target, version, decide, _outbox), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Alert>> ReadAlertsAsync(DateTimeOffset endSeenAfter, CancellationToken cancellationToken) =>
        Access.ReadAsync(session => AlertRows.ReadAsync(session, endSeenAfter), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<UntoldAlert>> ReadUntoldAlertsAsync(int limit, CancellationToken cancellationToken) =>
        Access.ReadAsync(session => AlertRows.ReadUntoldAsync(session, limit), cancellationToken);

    /// <inheritdoc/>
    public Task MarkToldAsync(IReadOnlyCollection<UntoldAlert> alerts, CancellationToken cancellationToken) =>
        Access.WriteAsync(session => AlertRows.MarkToldAsync(session, alerts), cancellationToken);

    /// <inheritdoc/>
    public Task MarkShownAsync(IReadOnlyCollection<AlertId> alerts, CancellationToken cancellationToken) =>
        Access.WriteAsync(session => AlertRows.MarkShownAsync(session, alerts), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, DateTimeOffset>> TakeUpReceiversAsync(
        IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        Access.WriteAsync(session => PostRows.TakeUpAsync(session, names), cancellationToken);

    /// <inheritdoc/>
    public Task CheckWriteAsync(CancellationToken cancellationToken) =>
        Access.WriteAsync(PostRows.CheckWriteAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<AlertId, DateTimeOffset>> ReadPostsAsync(
        string receiver, CancellationToken cancellationToken) =>
        Access.ReadAsync(session => PostRows.ReadAsync(session, receiver), cancellationToken);

    /// <inheritdoc/>
    public Task MarkAcceptedAsync(
        string receiver, IReadOnlyDictionary<AlertId, DateTimeOffset> accepted, CancellationToken cancellationToken) =>
        Access.WriteAsync(session => PostRows.MarkAsync(session, receiver, accepted), cancellationToken);

    /// <inheritdoc/>
    public Task<int> ForgetPostsAsync(DateTimeOffset endSeenBefore, CancellationToken cancellationToken) =>
        Access.WriteAsync(session => PostRows.ForgetAsync(session, endSeenBefore), cancellationToken);

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) =>
        Access.ReadAsync(TargetRows.CountAsync, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_access is not { } access || Interlocked.Exchange(ref _lock, null) is not { } held)
        {
            return;
        }

        // The lock goes last: whoever takes it must find the file at rest.
        using (held)
        {
            await access.DisposeAsync();
            if (access.IsTrusted)
            {
                MarkClosed();
            }
        }
    }

    private SqliteAccess Access => _access ?? throw new InvalidOperationException("The store was not opened.");

    private void MarkClosed()
    {
        try
        {
            using var connection = _connections.Open();
            CloseMark.Set(connection);
        }
        catch (Exception exception) when (exception is SqliteException or StoreException)
        {
            // All the worse that can come of it is that the next process checks more than it must.
        }
        finally
        {
            _connections.Clear();
        }
    }

    private void Open(CancellationToken cancellationToken)
    {
        StoreLock? refused = null;
        try
        {
            SqliteFile.Prepare(_connections.Path);
            refused = StoreLock.Take(_connections.Path);
            PendingRestore.Finish(_connections.Path);
            SqliteFile.Touch(_connections.Path);
            using (var connection = _connections.OpenUnchecked())
            {
                SqliteFile.Claim(
                    connection, _connections.Path, () => Log.StoreNotClosed(_logger, _connections.Path), cancellationToken);
                SqliteMigrations.RefuseNewer(connection, _connections.Path);
                CloseMark.Remove(connection);
                SqliteMigrations.Apply(connection, _connections.Path);
            }

            _connections.Open().Dispose();
            _access = new SqliteAccess(_connections);
            (_lock, refused) = (refused, null);
        }
        catch (SqliteException exception)
        {
            throw SqliteFault.Tell(_connections.Path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"The store {_connections.Path} cannot be written ({exception.Message.TrimEnd('.')}): "
                + "let store.path name a file that this user may write, in a folder that it may write too.",
                exception);
        }
        finally
        {
            if (refused is not null)
            {
                _connections.Clear();
                refused.Dispose();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.StoreNotClosed, LogLevel.Warning,
            "The store {Path} was not closed by the process that used it last. It is checked as a whole first; a large one takes minutes.",
            EventName = nameof(EventIds.StoreNotClosed))]
        public static partial void StoreNotClosed(ILogger logger, string path);
    }
}
