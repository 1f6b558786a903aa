namespace JobWatcher.Configuration;

/// <summary>What all readers of one configuration share.</summary>
/// <param name="Faults">Takes what is wrong.</param>
/// <param name="Folder">Where relative paths start: the folder of the configuration file.</param>
/// <param name="Files">Takes every file that the configuration was made of.</param>
internal sealed record ReadingContext(FaultList Faults, string Folder, HashSet<string> Files)
{
    /// <summary>The absolute path that a path of the configuration means.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Folder);
}
