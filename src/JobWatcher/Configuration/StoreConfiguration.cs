using JobWatcher.Configuration.Reading;

namespace JobWatcher.Configuration;

/// <summary>Where the watch state is kept.</summary>
/// <param name="Path">The absolute path of the SQLite file.</param>
internal sealed record StoreConfiguration(string Path)
{
    private const string DefaultPath = "data/jobwatcher.db";

    /// <summary>Reads the section <c>store</c>.</summary>
    public static StoreConfiguration Read(MappingReader section)
    {
        section.Text("provider", provider => provider == "sqlite"
            ? null
            : "is not supported; the only provider is sqlite, so leave the key out");
        return new StoreConfiguration(
            section.FilePath("path") ?? section.Session.Resolve(DefaultPath));
    }
}
