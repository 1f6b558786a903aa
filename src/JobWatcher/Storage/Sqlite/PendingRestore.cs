using System.Globalization;
using JobWatcher.Storage.Sqlite.Backups;

namespace JobWatcher.Storage.Sqlite;

/// <summary>
/// A restored store on its way to its place. It comes into being by one rename, when it is whole, checked and on the disk: before
/// that the old store is in force, from then on the restored one. Whoever takes the store's lock next finishes what a crash
/// interrupted, before anything is opened; so no write-ahead log of the old store ever meets the restored file.
/// </summary>
internal static class PendingRestore
{
    // The file goes first: a reader then finds none, and not one without its log.
    private static readonly string[] Parts = ["", "-wal", "-shm", "-journal"];

    /// <summary>The pending file of a store.</summary>
    public static string FileOf(string storePath) => storePath + ".restored";

    /// <summary>Where the replaced store is kept when the restore of this time is finished.</summary>
    public static string KeptFileOf(string storePath, DateTime restored) =>
        storePath + restored.ToString("'.replaced-'yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Declares a whole copy of the same folder the pending restore of a time.</summary>
    public static void Begin(string storePath, string copy, DateTime restored)
    {
        File.SetLastWriteTimeUtc(copy, restored);
        File.Move(copy, FileOf(storePath));
        FolderSync.Of(storePath);
    }

    /// <summary>Sets the old store aside and puts the pending one in its place, if there is one. Needs the store's lock.</summary>
    public static void Finish(string storePath)
    {
        var pending = FileOf(storePath);
        if (!File.Exists(pending))
        {
            return;
        }

        var kept = KeptFileOf(storePath, File.GetLastWriteTimeUtc(pending));
        foreach (var part in Parts.Where(part => File.Exists(storePath + part)))
        {
            File.Move(storePath + part, kept + part);
        }

        FolderSync.Of(storePath);
        File.Move(pending, storePath);
        FolderSync.Of(storePath);
    }
}
