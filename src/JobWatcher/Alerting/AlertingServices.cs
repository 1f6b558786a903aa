using JobWatcher.Background;

namespace JobWatcher.Alerting;

/// <summary>Registers the station that alerts.</summary>
internal static class AlertingServices
{
    /// <summary>Adds alerts: what starts and ends them between polls, and what tells them.</summary>
    public static IServiceCollection AddAlerting(this IServiceCollection services) => services
        .AddSingleton<AlertBoard>()
        .AddSingleton<AlertClock>()
        .AddSingleton<AlertReporter>()
        .AddBackgroundLoop<AlertClock>("the clock of alerts", (clock, stopping) => clock.RunAsync(stopping))
        .AddBackgroundLoop<AlertReporter>(
            "the reporting of alerts", (reporter, stopping) => reporter.RunAsync(stopping));
}
