using JobWatcher.Configuration.Reading;
using JobWatcher.Polling;
using JobWatcher.Text;

namespace JobWatcher.Configuration;

/// <summary>Where the watch state is kept.</summary>
/// <param name="Path">The absolute path of the SQLite file.</param>
/// <param name="HistoryRetention">
/// How long transitions are kept, and targets that are configured no more: 400 days; from 1 day to 10 years.
/// </param>
internal sealed record StoreConfiguration(string Path, Duration HistoryRetention)
{
    private const string DefaultPath = "data/jobwatcher.db";
    private static readonly Duration DefaultRetention = Duration.Of(new RetentionOptions().History);
    private static readonly Duration ShortestRetention = Duration.Days(1);
    private static readonly Duration LongestRetention = Duration.Days(3650);

    /// <summary>Reads the section <c>store</c>.</summary>
    public static StoreConfiguration Read(MappingReader section)
    {
        section.Text("provider", provider => provider == "sqlite"
            ? null
            : "is not supported; the only provider is sqlite, so leave the key out");
        return new StoreConfiguration(
            section.FilePath("path") ?? section.Session.Resolve(DefaultPath),
            section.Duration("historyRetention", ShortestRetention, LongestRetention) ?? DefaultRetention);
    }
}
