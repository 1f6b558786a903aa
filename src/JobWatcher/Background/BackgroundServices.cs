namespace JobWatcher.Background;

/// <summary>Registers what goes on in the background.</summary>
internal static class BackgroundServices
{
    /// <summary>Adds what runs the loops, and tells faults that nobody caught.</summary>
    public static IServiceCollection AddBackground(this IServiceCollection services) => services
        .AddSingleton<BackgroundLoops>()
        .AddSingleton<UncaughtFaults>();

    /// <summary>Adds a loop of a registered service. It starts once the store is open and the targets are taken over.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">What it is, as the subject of a sentence.</param>
    /// <param name="run">Runs it until the token fires; see <see cref="BackgroundLoop"/>.</param>
    public static IServiceCollection AddBackgroundLoop<T>(
        this IServiceCollection services, string name, Func<T, CancellationToken, Task> run)
        where T : notnull => services.AddSingleton(provider =>
    {
        var service = provider.GetRequiredService<T>();
        return new BackgroundLoop(name, stopping => run(service, stopping));
    });
}
