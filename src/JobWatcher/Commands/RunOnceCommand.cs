using System.Runtime.InteropServices;
using JobWatcher.Hosting;
using JobWatcher.Planning;
using JobWatcher.Storage;

namespace JobWatcher.Commands;

/// <summary>Polls every target once over the service's own store, as from cron: no web server, no schedule.</summary>
internal static class RunOnceCommand
{
    private static readonly TimeSpan ReportingTimeout = TimeSpan.FromSeconds(4);

    /// <summary>Runs a valid plan; each fault is told in one line.</summary>
    /// <param name="plan">What to poll.</param>
    /// <param name="error">Where faults go.</param>
    /// <param name="cancellationToken">Stops it as a signal does.</param>
    /// <returns>The exit code: 1 when a target could not be polled.</returns>
    public static async Task<int> RunAsync(WatcherPlan plan, TextWriter error, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

        return await WatcherHost.RunAsync(
            plan, app => PollAsync(app.Services.GetRequiredService<PollRound>(), error, stopping.Token));

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }

    private static async Task<int> PollAsync(PollRound round, TextWriter error, CancellationToken stopping)
    {
        try
        {
            using var reporting = new CancellationTokenSource();
            await using var stop = stopping.Register(() => reporting.CancelAfter(ReportingTimeout));
            var faults = await round.RunAsync(stopping, reporting.Token);
            foreach (var (target, fault) in faults)
            {
                await error.WriteLineAsync($"{target}: {fault}");
            }

            return faults.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        }
        catch (StoreException exception)
        {
            await error.WriteLineAsync($"store.path: {exception.Message}");
        }
        catch (Exception exception) when (exception is AggregateException or IOException)
        {
            await error.WriteLineAsync(
                $"Some transitions are left for the next run to report: {exception.GetBaseException().Message}");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await error.WriteLineAsync("Told to stop before all was polled and reported; the next run goes on.");
        }

        return ExitCode.Failed;
    }
}
