namespace JobWatcher.HuaweiCloud.Http.Clocks;

/// <summary>
/// The time that one target's requests are signed with: this machine's while it agrees with the cloud's, which accepts
/// 15 minutes of difference; else the cloud's (rule L8 of the protocol). One request at a time.
/// </summary>
/// <param name="cloud">The endpoint's clock.</param>
/// <param name="time">This machine's clock.</param>
internal sealed class SigningClock(EndpointClock cloud, TimeProvider time)
{
    private bool _prefersOwn;

    /// <summary>The time to sign with.</summary>
    public DateTimeOffset Now()
    {
        var own = time.GetUtcNow();
        return !_prefersOwn && cloud.SkewOf(own) is { } skew && IsFar(skew) && skew.Duration() <= SigningBounds.Believed ? own - skew : own;
    }

    /// <summary>A signature of this time was accepted: if the answer's <c>Date</c> is far off, it is the <c>Date</c> that is wrong.</summary>
    public void Accepted(DateTimeOffset signedAt)
    {
        var own = time.GetUtcNow();
        if (cloud.SkewOf(own) is { } skew && IsFar(signedAt - own + skew))
        {
            _prefersOwn = true;
        }
    }

    /// <summary>A signature of this time was refused.</summary>
    /// <returns>Whether <see cref="Now"/> gives quite another time from here on, so that the request is worth sending once more.</returns>
    public bool Refused(DateTimeOffset signedAt)
    {
        if (IsFar(Now() - signedAt))
        {
            return true;
        }

        _prefersOwn = !_prefersOwn;
        if (IsFar(Now() - signedAt))
        {
            return true;
        }

        _prefersOwn = !_prefersOwn;
        return false;
    }

    private static bool IsFar(TimeSpan difference) => difference.Duration() >= SigningBounds.Tolerated;
}
