using JobWatcher.Reporting;
using JobWatcher.Storage.Sqlite;

namespace JobWatcher.Storage;

/// <summary>Registers the store.</summary>
internal static class StorageServices
{
    /// <summary>Adds the SQLite store.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The absolute path of the store's file.</param>
    public static IServiceCollection AddStorage(this IServiceCollection services, string path) => services
        .AddSingleton<StoreHealth>()
        // By a factory, so that the container closes it.
        .AddSingleton<IWatchStore>(provider => new SqliteWatchStore(
            path, [TransitionReporter.Name], provider.GetRequiredService<ILogger<SqliteWatchStore>>()));
}
