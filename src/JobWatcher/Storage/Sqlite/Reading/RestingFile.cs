
namespace JobWatcher.Storage.Sqlite.Reading;

/// <summary>
/// A store's file that nobody has open, by what would change if somebody wrote it. All of its content is then in that one file.
/// </summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Written">When it was last written.</param>
internal sealed record RestingFile(long Length, DateTime Written)
{
    // A service keeps a -wal while it runs, and leaves it when it is killed; a -journal is left by a change of the mode.
    private static readonly string[] Companions = ["-wal", "-journal"];

    /// <summary>The file; null where it is in use, or was not closed properly.</summary>
    public static RestingFile? Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists && !Companions.Any(companion => File.Exists(path + companion))
            ? new RestingFile(file.Length, file.LastWriteTimeUtc)
            : null;
    }
}
