namespace JobWatcher.HuaweiCloud.Budget;

/// <summary>
/// What the cloud allows to all that comes from this machine's address. One for a process, shared by all credentials
/// entries; without a limit until a 429 tells one (<c>policy ip over ratelimit,limit:5,time:1 second</c>). Thread safe.
/// </summary>
public sealed class IpBudget(TimeProvider time) : IDisposable
{
    private readonly TokenBucket _bucket = new(configured: null, time);
    private readonly Turnstile _turnstile = new(places: 1);

    /// <summary>The limit that holds now; null for none.</summary>
    public RequestRate? Rate => _bucket.Rate;

    /// <summary>For how long refusals have paused it since it was made, up to now.</summary>
    internal TimeSpan HeldBack => _bucket.HeldBack;

    /// <inheritdoc/>
    public void Dispose() => _turnstile.Dispose();

    internal async ValueTask TakeAsync(CancellationToken cancellationToken)
    {
        using var turn = await _turnstile.PassAsync(cancellationToken);
        do
        {
            await _bucket.WaitAsync(cancellationToken);
        }
        while (!_bucket.TryTake());
    }

    internal void Refused(RequestRate? told, TimeSpan? retryAfter) => _bucket.Refused(told, retryAfter);
}
