using JobWatcher.Alerts.Deliveries;
using JobWatcher.Reporting;
using JobWatcher.Storage.Sqlite;

namespace JobWatcher.Storage;

/// <summary>Registers the store.</summary>
internal static class StorageServices
{
    /// <summary>Adds the SQLite store.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The absolute path of the store's file.</param>
    /// <param name="webhooks">The names of the webhooks, which are owed each change of an alert.</param>
    public static IServiceCollection AddStorage(
        this IServiceCollection services, string path, IReadOnlyList<string> webhooks) => services
        .AddSingleton<StoreHealth>()
        .AddSingleton(provider => new AlertOutbox(provider.GetRequiredService<TimeProvider>()) { Webhooks = webhooks })
        // By a factory, so that the container closes it.
        .AddSingleton<IWatchStore>(provider => new SqliteWatchStore(
            path,
            [TransitionReporter.Name],
            provider.GetRequiredService<AlertOutbox>(),
            provider.GetRequiredService<ILogger<SqliteWatchStore>>()))
        .AddSingleton<IDeliveryStore>(provider => (SqliteWatchStore)provider.GetRequiredService<IWatchStore>());
}
