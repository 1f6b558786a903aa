using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.Tests;

/// <summary>A clock that a test moves, and that knows who sleeps until it moves.</summary>
internal sealed class SleepClock(FakeTimeProvider time) : TimeProvider
{
    private readonly AsyncLocal<Sleeper?> _flow = new();

    /// <summary>Those that nobody follows.</summary>
    public Sleeper Others { get; } = new();

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override long TimestampFrequency => time.TimestampFrequency;

    /// <summary>What the caller does from now on is a sleeper's doing.</summary>
    public void Follow(Sleeper sleeper) => _flow.Value = sleeper;

    // A delay gives itself as the state. Other timers are timeouts, beside which their owners go on working.
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => state is Task
        ? new Sleep(_flow.Value ?? Others, time, callback, state, dueTime, period)
        : time.CreateTimer(callback, state, dueTime, period);

    /// <summary>Counts sleeps.</summary>
    internal sealed class Sleeper
    {
        private int _sleeps;

        /// <summary>How many sleeps have begun and not ended.</summary>
        public int Sleeps => Volatile.Read(ref _sleeps);

        public void Add(int sleeps) => Interlocked.Add(ref _sleeps, sleeps);
    }

    private sealed class Sleep : ITimer
    {
        private readonly Sleeper _sleeper;
        private readonly ITimer _timer;
        private int _isOver;

        public Sleep(
            Sleeper sleeper, FakeTimeProvider time, TimerCallback callback, object state, TimeSpan dueTime, TimeSpan period)
        {
            _sleeper = sleeper;
            _timer = time.CreateTimer(
                _ =>
                {
                    End();
                    callback(state);
                },
                state: null,
                dueTime,
                period);
            // Who sees the sleep may move the clock, so that the timer must be there already.
            _sleeper.Add(1);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => _timer.Change(dueTime, period);

        public void Dispose()
        {
            End();
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void End()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                _sleeper.Add(-1);
            }
        }
    }
}
