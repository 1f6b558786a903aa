namespace JobWatcher.Demo;

/// <summary>The demo's own store, in a new folder below the system's temporary one that goes when the demo ends.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobwatcher-demo-");

    /// <summary>The store's file.</summary>
    public string StorePath => Path.Combine(_folder.FullName, "jobwatcher.db");

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
