using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.Tests.Reloading;

/// <summary>A clock that a test moves from wait to wait of one loop, so that each look is over before the next step.</summary>
/// <param name="isWait">Whether a timer of this length is such a wait.</param>
internal sealed class SteppedTime(Func<TimeSpan, bool> isWait) : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private int _waits;
    private int _timers;
    private TimeSpan _wait;

    /// <summary>Ends the wait that the loop is in, and returns when it waits again.</summary>
    public async Task StepAsync()
    {
        await Eventually.Holds(() => Volatile.Read(ref _waits) > 0);
        EndWait();
        await Eventually.Holds(() => Volatile.Read(ref _waits) > 0);
    }

    /// <summary>Ends the wait that the loop is in, and returns when it does something that has a limit.</summary>
    public async Task StepBeginsAsync()
    {
        await Eventually.Holds(() => Volatile.Read(ref _waits) > 0);
        var before = Volatile.Read(ref _timers);
        EndWait();
        await Eventually.Holds(() => Volatile.Read(ref _timers) > before);
    }

    private void EndWait()
    {
        TimeSpan wait;
        lock (_lock)
        {
            (_waits, wait) = (0, _wait);
        }

        Advance(wait);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_lock)
        {
            (_waits, _wait) = isWait(dueTime) ? (_waits + 1, dueTime) : (_waits, _wait);
            _timers++;
        }

        return timer;
    }
}
