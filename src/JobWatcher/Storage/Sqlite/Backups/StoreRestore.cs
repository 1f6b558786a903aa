using Dapper;
using JobWatcher.Storage.Sqlite.Reading;
using Microsoft.Data.Sqlite;

namespace JobWatcher.Storage.Sqlite.Backups;

/// <summary>What a restore did.</summary>
/// <param name="Copy">What the store holds now.</param>
/// <param name="Kept">Where the store that was replaced is; null if there was none.</param>
internal sealed record RestoreResult(CopyFacts Copy, string? Kept);

/// <summary>Puts a backup in a store's place.</summary>
internal sealed class StoreRestore(string storePath, TimeProvider time)
{
    private readonly string _path = new SqliteConnections(storePath).Path;

    private string Partial => _path + ".restoring";

    /// <summary>Restores a file, if no process uses the store and the file is sound.</summary>
    /// <exception cref="StoreException">The store is in use or foreign, the backup unfit, or a file cannot be written.</exception>
    public Task<RestoreResult> FromAsync(string backup, CancellationToken cancellationToken) => LockedAsync(
        () => ReplaceAsync(new ReadOnlyFile(backup, "backup"), cancellationToken));

    /// <summary>Restores what a stream holds, if no process uses the store and the content is sound.</summary>
    /// <exception cref="StoreException">The store is in use or foreign, the backup unfit, or a file cannot be written.</exception>
    public Task<RestoreResult> FromAsync(Stream input, CancellationToken cancellationToken) => LockedAsync(async () =>
    {
        var received = _path + ".received";
        try
        {
            await using (var file = StoreCopy.Create(received))
            {
                await input.CopyToAsync(file, cancellationToken);
            }

            return await ReplaceAsync(new ReadOnlyFile(received, "backup"), cancellationToken);
        }
        finally
        {
            File.Delete(received);
        }
    });

    private async Task<RestoreResult> LockedAsync(Func<Task<RestoreResult>> restore)
    {
        try
        {
            SqliteFile.Prepare(_path);
            using var held = StoreLock.Take(_path);
            PendingRestore.Finish(_path);
            RefuseForeign();
            return await restore();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"The store {_path} cannot be replaced ({exception.Message.TrimEnd('.')}): "
                + "let this user write its folder, and free space there.",
                exception);
        }
    }

    private async Task<RestoreResult> ReplaceAsync(ReadOnlyFile backup, CancellationToken cancellationToken)
    {
        if (backup.Path == _path)
        {
            throw new StoreException($"The file {_path} is the store itself: name a backup of it.");
        }

        var facts = await StoreCopy.MakeAsync(
            backup, connection => CheckBackup(connection, backup), Partial, _path, cancellationToken);
        if (File.Exists(_path) && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Partial, File.GetUnixFileMode(_path));
        }

        var restored = time.GetUtcNow().UtcDateTime;
        while (File.Exists(PendingRestore.KeptFileOf(_path, restored)))
        {
            restored = restored.AddSeconds(1);
        }

        PendingRestore.Begin(_path, Partial, restored);
        PendingRestore.Finish(_path);
        var kept = PendingRestore.KeptFileOf(_path, restored);
        return new RestoreResult(facts, File.Exists(kept) ? kept : null);
    }

    private static void CheckBackup(SqliteConnection connection, ReadOnlyFile backup)
    {
        if (connection.QuerySingle<string>("PRAGMA integrity_check(1)") != "ok")
        {
            throw backup.Damaged();
        }

        if (SqliteMigrations.AgeOf(connection) == SchemaAge.Newer)
        {
            throw new StoreException(
                $"The backup {backup.Path} was written by a newer version of JobWatcher: restore it with that version.");
        }
    }

    private void RefuseForeign()
    {
        if (File.Exists(_path) && SqliteHeader.Read(_path) is { IsOurs: false })
        {
            throw new StoreException(
                $"The file {_path} is another program's database: move it away, or let store.path name another file.");
        }
    }
}
