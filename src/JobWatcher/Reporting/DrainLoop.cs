using JobWatcher.Background;
using JobWatcher.Storage;

namespace JobWatcher.Reporting;

/// <summary>Drains what is committed whenever it is woken, and again a second after a failure, which it tells once.</summary>
/// <param name="tellFailure">Tells why it failed.</param>
/// <param name="time">The clock.</param>
internal sealed class DrainLoop(Action<string> tellFailure, TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly WakeSignal _wake = new(time);
    private bool _failing;

    /// <summary>There may be something to drain.</summary>
    public void Wake() => _wake.Wake();

    /// <summary>Drains at once, then whenever it is woken, until told to stop.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> drain, CancellationToken stopping)
    {
        Wake();
        while (true)
        {
            await _wake.WaitAsync(stopping);
            await DrainOrTellAsync(drain, stopping);
        }
    }

    private async Task DrainOrTellAsync(Func<CancellationToken, Task> drain, CancellationToken stopping)
    {
        try
        {
            await drain(stopping);
            _failing = false;
        }
        catch (Exception exception) when (exception is StoreException or AggregateException or IOException)
        {
            if (!_failing)
            {
                tellFailure(exception.GetBaseException().Message);
            }

            _failing = true;
            await Task.Delay(RetryAfter, time, stopping);
            Wake();
        }
    }
}
