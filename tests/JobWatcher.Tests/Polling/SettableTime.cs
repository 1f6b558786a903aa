using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.Tests.Polling;

/// <summary>A fake time whose clock can be set as that of a machine: the monotonic time and timers go on as before.</summary>
internal sealed class SettableTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private TimeSpan _setBy;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _setBy;

    // The inherited one is made of the clock's time, which is what a monotonic time must not be.
    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    public void Set(TimeSpan by) => _setBy += by;
}
