using System.Runtime.InteropServices;
using JobWatcher.Configuration.Credentials;

namespace JobWatcher.Tests.Polling.Fleet;

/// <summary>A folder of secrets that changes as a Kubernetes volume does: one symbolic link is swapped under all files.</summary>
internal sealed class SecretVolume : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobwatcher-secrets-");
    private int _version;

    public SecretVolume(params IReadOnlyList<(string File, string Secret)> secrets)
    {
        Swap(secrets);
        foreach (var (file, _) in secrets)
        {
            File.CreateSymbolicLink(PathOf(file), Path.Combine("..data", file));
        }
    }

    /// <summary>A secret as the configuration has it that was read from its file.</summary>
    public SecretConfiguration SecretOf(string file) => new(File.ReadAllText(PathOf(file)).TrimEnd('\n'), PathOf(file));

    /// <summary>Replaces all files at once.</summary>
    public void Swap(params IReadOnlyList<(string File, string Secret)> secrets)
    {
        var data = _folder.CreateSubdirectory($"..version-{++_version}");
        foreach (var (file, secret) in secrets)
        {
            File.WriteAllText(Path.Combine(data.FullName, file), secret + "\n");
        }

        var link = PathOf("..data_tmp");
        Directory.CreateSymbolicLink(link, data.Name);
        Rename(link, PathOf("..data"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The path of a file.</summary>
    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    // .NET's own moves refuse a link to a folder, or to replace one.
    private static void Rename(string from, string to) => Assert.Equal(0, NativeRename(from, to));

    [DllImport("libc", EntryPoint = "rename", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeRename(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
