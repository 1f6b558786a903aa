using JobWatcher.Alerting;
using JobWatcher.Alerting.Receivers;
using JobWatcher.Background;
using JobWatcher.Planning;
using JobWatcher.Polling;
using JobWatcher.Reloading;
using JobWatcher.Reporting;
using JobWatcher.Storage;
using JobWatcher.Web;
using Serilog;
using Serilog.Core;

namespace JobWatcher.Hosting;

/// <summary>Builds the service, and lets no fault of it go untold.</summary>
internal static class WatcherHost
{
    // Kubernetes kills after 30 s; a poll that is cancelled and a last commit take far less.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(4);

    /// <summary>Builds the service for a command to use; what nobody catches meanwhile, the log tells.</summary>
    /// <param name="plan">What to build.</param>
    /// <param name="run">Uses it; nothing of it is started yet.</param>
    /// <returns>The command's exit code.</returns>
    public static async Task<int> RunAsync(WatcherPlan plan, Func<WebApplication, Task<int>> run)
    {
        StandardOutput.WriteWholeLines();
        var app = Build(plan);
        await using (app)
        {
            var faults = app.Services.GetRequiredService<UncaughtFaults>();
            faults.Listen();
            try
            {
                return await run(app);
            }
#pragma warning disable CA1031 // The last line of defence: whatever it was, the log tells it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                faults.Tell(exception);
                return ExitCode.Failed;
            }
        }
    }

    /// <summary>Builds, but starts nothing.</summary>
    public static WebApplication Build(WatcherPlan plan)
    {
        // Empty: the configuration is JobWatcher's own, so that no stray variable or file of the framework's counts.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "JobWatcher" });

        var level = new LoggingLevelSwitch(LogOutput.LevelOf(plan.LogLevel));
        builder.Services.AddSerilog(LogOutput.Ordinary(level, plan.JsonLog), dispose: true);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        builder.AddWebServer(plan.Listen);
        builder.Services
            .AddStorage(plan.StorePath, plan.Receivers.Webhooks)
            .AddReporting(plan.Metrics, LogOutput.Audit(plan.JsonLog))
            .AddPolling(plan.Targets, plan.Budget)
            .AddAlerting()
            .AddReceivers(plan.Receivers)
            .AddRetention(plan.Retention)
            .AddWatching();
        if (plan.Source is { } source)
        {
            builder.Services.AddReloading(plan, source, level);
        }

        return builder.Build().MapEndpoints();
    }
}
