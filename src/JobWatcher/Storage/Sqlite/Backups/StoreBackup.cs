using JobWatcher.Storage.Sqlite.Reading;

namespace JobWatcher.Storage.Sqlite.Backups;

/// <summary>Backs a store up, whether a service uses it or not.</summary>
internal static class StoreBackup
{
    /// <summary>
    /// Writes a backup under its name when it is whole, checked and on the disk. An earlier backup of that name is replaced in
    /// one step; anything else of that name is left alone.
    /// </summary>
    /// <exception cref="StoreException">The store cannot be read, or the file not be written.</exception>
    public static async Task<CopyFacts> WriteAsync(string storePath, string path, CancellationToken cancellationToken)
    {
        var target = new SqliteConnections(path).Path;
        if (target == new SqliteConnections(storePath).Path)
        {
            throw new StoreException($"The file {path} is the store itself: name another file.");
        }

        RefuseOther(target);
        // Beside the target, so that the last step is a rename within one file system.
        var partial = PartialBackup.Beside(target);
        var facts = await CopyAsync(storePath, partial, path, cancellationToken);
        try
        {
            File.Move(partial, target, overwrite: true);
            FolderSync.Of(target);
            return facts;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(partial);
            throw new StoreException($"The file {path} cannot be replaced ({exception.Message.TrimEnd('.')}).", exception);
        }
    }

    /// <summary>Writes a backup to a stream when it is whole and checked.</summary>
    /// <exception cref="StoreException">The store cannot be read, or the temporary folder not be written.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static async Task<CopyFacts> WriteAsync(string storePath, Stream output, CancellationToken cancellationToken)
    {
        var partial = PartialBackup.InTemporaryFolder();
        var facts = await CopyAsync(storePath, partial, partial, cancellationToken);
        try
        {
            await using var copy = File.OpenRead(partial);
            await copy.CopyToAsync(output, cancellationToken);
            await output.FlushAsync(cancellationToken);
            return facts;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static Task<CopyFacts> CopyAsync(
        string storePath, string path, string name, CancellationToken cancellationToken) =>
        StoreCopy.MakeAsync(new ReadOnlyFile(storePath, "store"), _ => { }, path, name, cancellationToken);

    private static void RefuseOther(string path)
    {
        if (Directory.Exists(path))
        {
            throw new StoreException($"{path} is a folder: name a file in it.");
        }

        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            // Devices and pipes, which have no length, are not even opened.
            if (new FileInfo(path).Length == 0 || SqliteHeader.Read(path) is not { IsOurs: true, IsWal: false })
            {
                throw new StoreException($"The file {path} exists and is no backup: move it away, or name another file.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"The file {path} exists and cannot be read ({exception.Message.TrimEnd('.')}): name another file.", exception);
        }
    }
}
