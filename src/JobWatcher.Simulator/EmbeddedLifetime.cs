namespace JobWatcher.Simulator;

/// <summary>Leaves the process' signals alone: the server lives in a process that has its own use for them.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
