namespace JobWatcher.Tests;

/// <summary>The pages of <c>docs/</c>, which tests hold together with the code.</summary>
internal static class ReferencePage
{
    public static string Read(string name) => File.ReadAllText(Path.Combine(Root(), "docs", name));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "JobWatcher.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
