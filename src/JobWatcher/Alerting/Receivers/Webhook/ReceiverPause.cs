namespace JobWatcher.Alerting.Receivers.Webhook;

/// <summary>
/// Leaves a receiver alone that fails, longer with each failure in a row, and lets one attempt at a time through until one
/// succeeds: thousands of deliveries must neither hammer a server that is down nor wear out our own store. One thread.
/// </summary>
internal sealed class ReceiverPause(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private int _failures;
    private long _began;
    private TimeSpan _length;

    /// <summary>Whether its last attempts failed.</summary>
    public bool IsFailing => _failures > 0;

    /// <summary>How much of the pause is left; zero where there is none.</summary>
    public TimeSpan Left => IsFailing && _length - time.GetElapsedTime(_began) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>It answered as it should.</summary>
    public void Succeeded() => _failures = 0;

    /// <summary>It failed.</summary>
    /// <param name="told">How long it asks to be left alone.</param>
    public void Failed(TimeSpan told)
    {
        _failures++;
        _began = time.GetTimestamp();
        _length = DeliveryRules.Longer(Backoff.Delay(_failures, Longest, Random.Shared.NextDouble()), told);
    }
}
