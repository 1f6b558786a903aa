using System.Net.Sockets;
using JobWatcher.Background;
using JobWatcher.Hosting;
using JobWatcher.Planning;
using JobWatcher.Storage;

namespace JobWatcher.Commands;

/// <summary>Runs the service until it is told to stop.</summary>
internal static class RunCommand
{
    /// <summary>Runs a valid plan; faults of the start are told in one line.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="error">Where faults go.</param>
    /// <param name="cancellationToken">Stops the service as a signal does.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(WatcherPlan plan, TextWriter error, CancellationToken cancellationToken) =>
        WatcherHost.RunAsync(plan, app => RunAsync(app, plan, error, cancellationToken));

    private static async Task<int> RunAsync(
        WebApplication app, WatcherPlan plan, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await error.WriteLineAsync(
                $"server.listen: {plan.Listen.OriginalString} cannot be listened on ({exception.GetBaseException().Message}); " +
                "end what uses it or choose another address.");
            return ExitCode.Failed;
        }
        catch (StoreException exception)
        {
            await error.WriteLineAsync($"store.path: {exception.Message}");
            await app.StopAsync(CancellationToken.None);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Told to stop while it started, as during a long migration.
            await app.StopAsync(CancellationToken.None);
            return ExitCode.Done;
        }

        await app.WaitForShutdownAsync(cancellationToken);
        return app.Services.GetRequiredService<BackgroundLoops>().HasFailed ? ExitCode.Failed : ExitCode.Done;
    }
}
