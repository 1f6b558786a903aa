namespace JobWatcher.HuaweiCloud.Budget;

/// <summary>A timeout by a <see cref="PollClock"/>, which does not run while that stands still. Dispose it with the poll.</summary>
public sealed class PollLimit : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _source;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private TimeSpan _left;
    private long _resumedAt;
    private bool _isRunning;

    internal PollLimit(TimeSpan timeout, bool isRunning, TimeProvider time, CancellationToken stopping)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        (_time, _left) = (time, timeout);
        _timer = time.CreateTimer(_ => Fire(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (isRunning)
        {
            Resume();
        }
    }

    /// <summary>Fires when the time is up.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    internal void Pause()
    {
        lock (_lock)
        {
            if (_isRunning)
            {
                _isRunning = false;
                _left -= _time.GetElapsedTime(_resumedAt);
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    internal void Resume()
    {
        lock (_lock)
        {
            _isRunning = true;
            _resumedAt = _time.GetTimestamp();
            _timer.Change(_left > TimeSpan.Zero ? _left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void Fire()
    {
        lock (_lock)
        {
            // A pause may have begun just before the timer was stopped.
            if (!_isRunning)
            {
                return;
            }
        }

        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The poll ended at the same moment.
        }
    }
}
