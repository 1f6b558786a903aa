using JobWatcher.Simulator.Scenarios;

namespace JobWatcher.Simulator.Commands;

/// <summary>Serves until it is told to stop.</summary>
internal static class SimulatorRun
{
    /// <returns>0 after a stop; 1 where it could not listen.</returns>
    public static async Task<int> RunAsync(SimulatorOptions options, int? jobs, CancellationToken cancellationToken)
    {
        try
        {
            await using var server = await SimulatorServer.StartAsync(options, cancellationToken);
            foreach (var project in server.Cloud.Projects)
            {
                project.PutAll(StaticJobs.Create(options.Seed, jobs ?? 0, options.TimeProvider.GetUtcNow()));
            }

            await Console.Out.WriteLineAsync(Greeting(server, options));
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (IOException fault)
        {
            await Console.Error.WriteLineAsync(
                $"--listen {options.Listen}: {fault.Message} Use another port, or 0 for a free one.");
            return 1;
        }
    }

    private static string Greeting(SimulatorServer server, SimulatorOptions options)
        => $"Simulated cloud API on {server.BaseAddress.GetLeftPart(UriPartial.Authority)}, "
            + $"projects {string.Join(", ", options.Projects.Select(project => project.Id))}, "
            + $"access key {options.Accounts[0].AccessKey}";
}
