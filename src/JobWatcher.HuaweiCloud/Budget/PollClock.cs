using System.Diagnostics.CodeAnalysis;

namespace JobWatcher.HuaweiCloud.Budget;

/// <summary>
/// The time of one target's polls, which stands still while a request waits for our own limits: budget, slot or turn. Give
/// it to the client and take the timeout of each poll from it. Thread safe.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The poll that started a limit disposes it.")]
public sealed class PollClock(TimeProvider time)
{
    private readonly Lock _lock = new();
    private PollLimit? _limit;
    private TimeSpan _waited;
    private TimeSpan _heldBack;
    private RequestBudget? _budget;
    private HeldBack _budgetHeldBackAt;
    private long _pausedAt;
    private int _pauses;

    /// <summary>How long it stood still since it was made, up to now.</summary>
    public TimeSpan Waited
    {
        get
        {
            lock (_lock)
            {
                return _pauses > 0 ? _waited + time.GetElapsedTime(_pausedAt) : _waited;
            }
        }
    }

    /// <summary>
    /// How much of <see cref="Waited"/> was our own choice, not a cloud's that refused requests and so held others back. What
    /// counts for <c>unknownAfter</c> is the time that passed less the growth of this.
    /// </summary>
    public TimeSpan WaitedForOurselves
    {
        get
        {
            lock (_lock)
            {
                return _pauses > 0
                    ? _waited + time.GetElapsedTime(_pausedAt) - _heldBack - HeldBackInPause()
                    : _waited - _heldBack;
            }
        }
    }

    /// <summary>Starts the timeout of a poll; the one before it, if it is still there, runs on without ever pausing again.</summary>
    /// <param name="timeout">How long the poll may take by this clock.</param>
    /// <param name="stopping">Fires the limit's token too.</param>
    public PollLimit Start(TimeSpan timeout, CancellationToken stopping)
    {
        lock (_lock)
        {
            return _limit = new PollLimit(timeout, isRunning: _pauses == 0, time, stopping);
        }
    }

    /// <summary>Stops the clock until what is returned is disposed. Pauses may overlap.</summary>
    /// <param name="budget">Tells how much of the wait is the cloud's doing; of pauses that overlap that of the first counts.</param>
    internal IDisposable Pause(RequestBudget? budget = null)
    {
        lock (_lock)
        {
            if (_pauses++ == 0)
            {
                _pausedAt = time.GetTimestamp();
                (_budget, _budgetHeldBackAt) = (budget, budget?.HeldBack ?? default);
                _limit?.Pause();
            }
        }

        return new Pausing(this);
    }

    private void Resume()
    {
        lock (_lock)
        {
            if (--_pauses == 0)
            {
                _heldBack += HeldBackInPause();
                _waited += time.GetElapsedTime(_pausedAt);
                _limit?.Resume();
            }
        }
    }

    private TimeSpan HeldBackInPause() => _budget?.HeldBack.Since(_budgetHeldBackAt) ?? TimeSpan.Zero;

    private sealed class Pausing(PollClock clock) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (!_isOver)
            {
                _isOver = true;
                clock.Resume();
            }
        }
    }
}
