namespace JobWatcher.Hosting;

/// <summary>Registers what takes the targets over: the service that goes on, and the round that is polled once.</summary>
internal static class HostingServices
{
    /// <summary>Adds the start and the end of watching. The last of the stations: it starts what they hold.</summary>
    public static IServiceCollection AddWatching(this IServiceCollection services) => services
        .AddSingleton<PollRound>()
        .AddSingleton<WatchService>()
        .AddHostedService(provider => provider.GetRequiredService<WatchService>());
}
