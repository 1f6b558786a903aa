using System.Threading.Channels;

namespace JobWatcher.Background;

/// <summary>Wakes one waiter: a signal that is given while nobody waits counts for the next wait, however often it is given.</summary>
internal sealed class WakeSignal(TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    // One waiting signal says all there is to say.
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes the waiter.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>Waits for the signal.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> fired.</exception>
    public async Task WaitAsync(CancellationToken stopping) => await _signal.Reader.ReadAsync(stopping);

    /// <summary>Waits for the signal, or for a time to pass.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> fired.</exception>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken stopping)
    {
        var wait = TimeSpan.FromTicks(Math.Clamp(atMost.Ticks, 0, LongestWait.Ticks));
        using var over = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stopping);
        try
        {
            await _signal.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // The time has passed.
        }
    }
}
