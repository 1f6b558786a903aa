using System.Runtime.InteropServices;

namespace JobWatcher.Storage.Sqlite.Backups;

/// <summary>
/// Makes names in a folder survive a power cut: renaming a file is durable only when its folder was synced, which .NET
/// has no call for.
/// </summary>
internal static class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>Syncs the folder of a file. Where the file system cannot, the names are as safe as it makes them.</summary>
    public static void Of(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Open(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/", ReadOnly);
        if (folder >= 0)
        {
            _ = Sync(folder);
            _ = Close(folder);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
