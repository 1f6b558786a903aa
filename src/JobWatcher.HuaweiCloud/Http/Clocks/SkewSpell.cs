namespace JobWatcher.HuaweiCloud.Http.Clocks;

/// <summary>Tells the beginning of a skew from its going on, so that each is told once. Thread safe.</summary>
/// <param name="time">The monotonic clock.</param>
internal sealed class SkewSpell(TimeProvider time)
{
    // Behind one endpoint there may be many servers, of which one is wrong: a single right answer ends nothing.
    private static readonly TimeSpan EndsAfter = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private TimeSpan _told;
    private long _lastOff;

    /// <summary>Takes in a skew; true when it is one that matters and was not told yet.</summary>
    public bool Begins(TimeSpan skew)
    {
        lock (_lock)
        {
            // Ends well below where it begins: one that goes to and fro about the bound is one spell.
            if (skew.Duration() >= SigningBounds.Tolerated / 2)
            {
                _lastOff = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(_lastOff) >= EndsAfter)
            {
                _told = TimeSpan.Zero;
            }

            if (skew.Duration() < SigningBounds.Tolerated || (skew - _told).Duration() < SigningBounds.Tolerated)
            {
                return false;
            }

            _told = skew;
            return true;
        }
    }
}
