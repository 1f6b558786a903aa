namespace JobWatcher.EndToEndTests.Programs;

/// <summary>Where the things under test are: built as these tests were, in the same configuration.</summary>
internal static class Repository
{
    private const string Landmark = "JobWatcher.sln";

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The file of a program, run by <c>dotnet</c>.</summary>
    public static string Program(string name)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var configuration = framework.Parent!.Name;
        var file = Path.Combine(Root, "src", name, "bin", configuration, framework.Name, $"{name}.dll");
        return File.Exists(file) ? file : throw new FileNotFoundException($"{name} is not built: {file} is missing.", file);
    }

    /// <summary>A file of the repository.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Landmark)))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds {Landmark}.");
    }
}
