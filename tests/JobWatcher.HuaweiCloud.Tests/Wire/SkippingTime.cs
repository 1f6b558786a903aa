using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.HuaweiCloud.Tests.Wire;

/// <summary>
/// A clock that jumps over every wait that is shorter than <paramref name="kept"/>, and notes it down. Waits of that
/// length or longer, such as timeouts of attempts, end only when the test advances <see cref="Clock"/>.
/// </summary>
internal sealed class SkippingTime(TimeSpan kept) : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 14, 17, 22, TimeSpan.Zero));

    /// <summary>The waits jumped over.</summary>
    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    public override long TimestampFrequency => Clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => Clock.GetUtcNow();

    public override long GetTimestamp() => Clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = Clock.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= TimeSpan.Zero && dueTime < kept)
        {
            _waits.Enqueue(dueTime);
            ThreadPool.QueueUserWorkItem(_ => Clock.Advance(dueTime));
        }

        return timer;
    }
}
