namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>A sender that runs.</summary>
internal sealed class RunningSender : IDisposable
{
    private readonly AlertmanagerClient _client;
    private readonly CancellationTokenSource _ended;

    private RunningSender(AlertmanagerSender sender, AlertmanagerClient client, CancellationTokenSource ended)
    {
        (Sender, _client, _ended) = (sender, client, ended);
        Task = System.Threading.Tasks.Task.Run(() => sender.RunAsync(ended.Token), CancellationToken.None);
    }

    /// <summary>The sender.</summary>
    public AlertmanagerSender Sender { get; }

    /// <summary>Ends when it is stopped, or by a fault.</summary>
    public Task Task { get; }

    /// <summary>Starts a sender.</summary>
    /// <param name="sender">The sender.</param>
    /// <param name="client">Its client, disposed of with it.</param>
    /// <param name="stopping">Stops it.</param>
    public static RunningSender Start(AlertmanagerSender sender, AlertmanagerClient client, CancellationToken stopping) =>
        new(sender, client, CancellationTokenSource.CreateLinkedTokenSource(stopping));

    /// <summary>Stops it, and waits for its end.</summary>
    public async Task StopAsync()
    {
        await _ended.CancelAsync();
        await Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _ended.Dispose();
    }
}
