namespace JobWatcher.Tests;

/// <summary>The pages of <c>docs/</c>, which tests hold together with the code.</summary>
internal static class ReferencePage
{
    private static readonly string Root = FindRoot();

    public static string Read(string name) => File.ReadAllText(Path.Combine(Root, "docs", name));

    /// <summary>The written files of a folder of the repository, not those that builds leave there.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj", StringComparer.Ordinal)),
    ];

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "JobWatcher.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
