namespace JobWatcher.Background;

/// <summary>
/// Runs the registered loops. One that dies takes the process with it: a watcher that lacks a part of itself must not
/// look as if it watched.
/// </summary>
internal sealed class BackgroundLoops(
    IEnumerable<BackgroundLoop> loops, IHostApplicationLifetime lifetime, ILogger<BackgroundLoops> logger) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private int _hasFailed;

    /// <summary>True once a loop died: the process then ends with a failure.</summary>
    public bool HasFailed => Volatile.Read(ref _hasFailed) != 0;

    /// <summary>Starts all.</summary>
    public void Start() => _running = Task.WhenAll(loops.Select(RunAsync));

    /// <summary>Tells all to stop, and waits for their end.</summary>
    /// <exception cref="OperationCanceledException">They did not end before <paramref name="cancellationToken"/> fired.</exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(BackgroundLoop loop)
    {
        // What a loop does before its first wait must not hold up the others.
        await Task.Yield();
        try
        {
            await loop.RunAsync(_stopping.Token);
            if (!_stopping.IsCancellationRequested)
            {
                throw new InvalidOperationException("It ended, though nobody told it to.");
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // It was told to stop.
        }
#pragma warning disable CA1031 // The last line of defence: whatever it was, the process must end and say so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(loop, exception);
        }
    }

    // Those that die after the first, as a rule of the same cause or of the stop, add nothing.
    private void Fail(BackgroundLoop loop, Exception exception)
    {
        if (Interlocked.Exchange(ref _hasFailed, 1) == 0)
        {
            FatalLog.Write(logger, exception, loop.Name);
            lifetime.StopApplication();
        }
    }
}
