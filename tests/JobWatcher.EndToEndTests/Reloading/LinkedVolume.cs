using System.Diagnostics;

namespace JobWatcher.EndToEndTests.Reloading;

/// <summary>
/// Lays files out in a folder as a Kubernetes volume does: each is a link through a link to a folder, and the latter is swapped.
/// </summary>
internal sealed class LinkedVolume(string folder)
{
    private IReadOnlyList<string> _names = [];
    private int _version;

    /// <summary>
    /// Swaps the link, so that the files hold something else from one moment to the next. After that come the links of new files,
    /// and those of files that are gone go.
    /// </summary>
    public void Swap(params IReadOnlyList<(string Name, string Content)> files)
    {
        var version = Directory.CreateDirectory(Path.Combine(folder, $"..version-{++_version}"));
        foreach (var (name, content) in files)
        {
            File.WriteAllText(Path.Combine(version.FullName, name), content);
        }

        Shell($"ln -s {version.Name} ..data_new && mv -fT ..data_new ..data");
        var names = files.Select(file => file.Name).ToList();
        foreach (var name in names.Except(_names, StringComparer.Ordinal))
        {
            Shell($"ln -s ..data/{name} ..link && mv -f ..link {name}");
        }

        foreach (var gone in _names.Except(names, StringComparer.Ordinal))
        {
            File.Delete(Path.Combine(folder, gone));
        }

        _names = names;
    }

    // .NET's own moves refuse a link to a folder, or to replace one.
    private void Shell(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = folder })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
