namespace JobWatcher.HuaweiCloud.Http.Clocks;

/// <summary>Tells the beginning of a skew from its going on, so that each is told once. Thread safe.</summary>
internal sealed class SkewSpell
{
    private readonly Lock _lock = new();
    private TimeSpan _told;

    /// <summary>Takes in a skew; true when it is one that matters and was not told yet.</summary>
    public bool Begins(TimeSpan skew)
    {
        lock (_lock)
        {
            // Ends well below where it begins: one that goes to and fro about the bound is one spell.
            if (skew.Duration() < SigningBounds.Tolerated / 2)
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
