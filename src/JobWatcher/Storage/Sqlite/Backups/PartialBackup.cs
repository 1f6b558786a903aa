using System.Text.RegularExpressions;

namespace JobWatcher.Storage.Sqlite.Backups;

/// <summary>
/// Names the file of a backup that is being made. A backup that is killed leaves its file behind, which the next one deletes
/// when it is old enough to be nobody's.
/// </summary>
internal static class PartialBackup
{
    // Far longer than one that is still made is not written to.
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    /// <summary>One that can be renamed to a file, and deletes those left behind on the way to that file.</summary>
    public static string Beside(string target) =>
        New(Path.GetDirectoryName(target) ?? target, Path.GetFileName(target) + ".");

    /// <summary>One in the folder for temporary files, and deletes those left behind there.</summary>
    public static string InTemporaryFolder() => New(Path.GetTempPath(), "jobwatcher-");

    private static string New(string folder, string prefix)
    {
        try
        {
            DeleteAbandoned(folder, prefix);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What another user left, or a folder that cannot be listed: neither keeps a backup from being made.
        }

        return Path.Combine(folder, $"{prefix}{Guid.NewGuid():N}.partial");
    }

    private static void DeleteAbandoned(string folder, string prefix)
    {
        var names = new Regex(
            $@"^{Regex.Escape(prefix)}[0-9a-f]{{32}}\.partial(-journal)?$", RegexOptions.None, TimeSpan.FromSeconds(1));
        // The times of files are told by the system's clock.
        var abandoned = TimeProvider.System.GetUtcNow().UtcDateTime - LongestPause;
        foreach (var file in Directory.EnumerateFiles(folder, "*.partial*")
            .Where(file => names.IsMatch(Path.GetFileName(file)) && File.GetLastWriteTimeUtc(file) < abandoned))
        {
            File.Delete(file);
        }
    }
}
