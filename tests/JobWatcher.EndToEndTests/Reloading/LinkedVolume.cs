using System.Diagnostics;

namespace JobWatcher.EndToEndTests.Reloading;

/// <summary>
/// Lays a file out as a Kubernetes volume does: it is a link through a link to a folder, and the latter is swapped.
/// </summary>
internal sealed class LinkedVolume
{
    private readonly string _folder;
    private readonly string _name;
    private int _version;

    /// <summary>Takes a file into the volume, with the content that it has.</summary>
    public LinkedVolume(string file)
    {
        (_folder, _name) = (Path.GetDirectoryName(file)!, Path.GetFileName(file));
        Swap(File.ReadAllText(file));
        Shell($"ln -s ..data/{_name} ..link && mv -f ..link {_name}");
    }

    /// <summary>Swaps the link, so that the file holds something else from one moment to the next.</summary>
    public void Swap(string content)
    {
        var version = $"..version-{++_version}";
        Directory.CreateDirectory(Path.Combine(_folder, version));
        File.WriteAllText(Path.Combine(_folder, version, _name), content);
        Shell($"ln -s {version} ..data_new && mv -fT ..data_new ..data");
    }

    // .NET's own moves refuse a link to a folder, or to replace one.
    private void Shell(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = _folder })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
