using JobWatcher.Background;
using JobWatcher.Planning;
using Serilog.Core;

namespace JobWatcher.Reloading;

/// <summary>Registers what lets the configuration change while the service runs.</summary>
internal static class ReloadingServices
{
    /// <summary>Adds the watch on the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="plan">The plan that the service starts with.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="level">The level of the log.</param>
    public static IServiceCollection AddReloading(
        this IServiceCollection services, WatcherPlan plan, PlanSource source, LoggingLevelSwitch level) => services
        .AddSingleton(plan)
        .AddSingleton(level)
        .AddSingleton<ReloadReports>()
        .AddSingleton<WatchChange>()
        .AddSingleton<PlanInForce>()
        .AddSingleton(provider => new ConfigurationWatch(
            source,
            provider.GetRequiredService<PlanInForce>().TakeAsync,
            provider.GetRequiredService<ReloadReports>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddBackgroundLoop<ConfigurationWatch>(
            "the watch over the configuration", (configuration, stopping) => configuration.RunAsync(stopping));
}
